import type { App } from '@/lib/app/app';

/** Who asks. Until there are accounts, everything is done by the system. */
interface Principal {
  kind: 'system';
}

/** The app, and the principal on whose behalf a use case works. */
export interface Acting extends App {
  principal: Principal;
}

/** What the server does by itself, and for everybody while it is open. */
export const actingAsSystem = (app: App): Acting => ({ ...app, principal: { kind: 'system' } });
