import type { App } from '@/lib/app/app';
import type { Permission, Role } from './permission';

/** Who asks. It belongs to one request, never to the process. */
export type Principal =
  /** What the server does by itself: its worker and its maintenance. */
  | { kind: 'system' }
  /** Everybody, while the server is open. */
  | { kind: 'everybody' }
  /** Somebody who has not signed in. */
  | { kind: 'anonymous' }
  | UserPrincipal
  | TokenPrincipal
  | SharePrincipal;

interface UserPrincipal {
  kind: 'user';
  userId: string;
  role: Role;
  /** The session, which can be ended. */
  sessionId: string;
  /** When the user proved who it is: some actions want that to be recent. */
  signedInAt: Date;
}

/** A program with an API token: it may do what its user may, within the token's scopes. */
interface TokenPrincipal {
  kind: 'token';
  tokenId: number;
  userId: string;
  role: Role;
  scopes: readonly Permission[];
}

/** The holder of a share link: it opens one package. */
interface SharePrincipal {
  kind: 'share';
  shareId: number;
  packageId: number;
  videoId: number;
  allowsDownload: boolean;
}

/** The app, and the principal on whose behalf a use case works. */
export interface Acting extends App {
  principal: Principal;
}

/** What the server does by itself. */
export const actingAsSystem = (app: App): Acting => ({ ...app, principal: { kind: 'system' } });
