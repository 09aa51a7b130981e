import type { SignedInUser } from '@/lib/accounts/accounts';
import type { Permission, Role } from '@/lib/accounts/permission';
import type { App } from '@/lib/app/app';

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

export interface UserPrincipal extends SignedInUser {
  kind: 'user';
  /** Share links that were opened in the same browser. */
  grants: readonly ShareGrant[];
}

/** A program with an API token: it may do what its user may, within the token's scopes. */
export interface TokenPrincipal {
  kind: 'token';
  tokenId: number;
  /** The name of the token. */
  name: string;
  userId: string;
  role: Role;
  scopes: readonly Permission[];
}

/** Who has opened share links, and has not signed in. */
interface SharePrincipal {
  kind: 'share';
  grants: readonly ShareGrant[];
}

/** What one share link allows: to play one package, and perhaps to download it. */
export interface ShareGrant {
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

/** The user to whom belongs what a principal creates; null: the administrators. */
export const ownerIdOf = (principal: Principal): string | null =>
  principal.kind === 'user' || principal.kind === 'token' ? principal.userId : null;
