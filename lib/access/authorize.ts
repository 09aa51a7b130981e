import { needsAccounts, type Permission, permissionsOf } from '@/lib/accounts/permission';
import { AppError } from '@/lib/base/errors';
import type { Visibility } from '@/lib/media/visibility';
import type { Acting, Principal, ShareGrant } from './principal';

/** What a permission is asked for: a video, or a package of it. */
export interface Resource {
  /** The id of the video. */
  id: number;
  /** The id of the user who owns the video; null for one that belongs to the administrators. */
  ownerId: string | null;
  /** Whether everybody who can sign in may watch it, or its owner alone. */
  visibility: Visibility;
  /** The package, where it is about one. */
  packageId?: number;
}

export type Decision = 'allowed' | 'sign-in' | 'forbidden' | 'hidden';

/**
 * Decides whether a principal may do something with a resource. `hidden`: it may not even know that the
 * resource exists; `forbidden`: it may see it, but not do this; `sign-in`: it has to say who it is.
 * @param resource null for what has no owner, such as the list of users
 */
export function decide(principal: Principal, permission: Permission, resource: Resource | null): Decision {
  if (mayDo(principal, permission) && mayReach(principal, permission, resource)) return 'allowed';
  if (principal.kind === 'anonymous') return 'sign-in';
  if (resource === null) return 'forbidden';
  const sees = mayDo(principal, 'video.read') && mayReach(principal, 'video.read', resource);
  const watches = mayDo(principal, 'play') && mayReach(principal, 'play', resource);
  return sees || watches ? 'forbidden' : 'hidden';
}

/** Whether a principal may do such a thing at all. */
function mayDo(principal: Principal, permission: Permission): boolean {
  switch (principal.kind) {
    case 'system':
      return true;
    case 'everybody':
      return !needsAccounts.includes(permission);
    case 'anonymous':
      return false;
    case 'user':
      return permissionsOf[principal.role].includes(permission) || mayByLink(principal.grants, permission);
    case 'token':
      return principal.scopes.includes(permission) && permissionsOf[principal.role].includes(permission);
    case 'share':
      return mayByLink(principal.grants, permission);
  }
}

const ofMembers: readonly Permission[] = ['video.read', 'play'];

/** Whether a principal may do to this resource what it may do at all. */
function mayReach(principal: Principal, permission: Permission, resource: Resource | null): boolean {
  if (resource === null || principal.kind === 'system' || principal.kind === 'everybody') return true;
  if (principal.kind === 'anonymous') return false;
  if (principal.kind !== 'token' && mayByLink(principal.grants, permission, resource)) return true;
  if (principal.kind === 'share') return false;
  if (!permissionsOf[principal.role].includes(permission)) return false;
  if (principal.role === 'administrator' || resource.ownerId === principal.userId) return true;
  return resource.visibility === 'members' && ofMembers.includes(permission);
}

/** Whether one of these share links allows this; without a resource, to anything. */
const mayByLink = (grants: readonly ShareGrant[], permission: Permission, resource?: Resource): boolean =>
  grants.some(
    (grant) =>
      (permission === 'play' || (permission === 'download' && grant.allowsDownload)) &&
      (!resource || isOf(grant, resource, permission)),
  );

/** Of the video itself, a link shows the poster. */
const isOf = (grant: ShareGrant, resource: Resource, permission: Permission) =>
  resource.packageId === undefined
    ? permission === 'play' && resource.id === grant.videoId
    : resource.packageId === grant.packageId;

/**
 * Refuses what the principal may not do.
 * @param notFound throws the error for a resource that does not exist: what may not be seen is answered alike
 * @throws AppError `sign-in-required`, `not-allowed`, and that of `notFound`
 */
export function authorize(
  { principal }: Pick<Acting, 'principal'>,
  permission: Permission,
  resource: Resource | null,
  notFound: () => never = () => {
    throw refusalOf(principal);
  },
): void {
  const decision = decide(principal, permission, resource);
  if (decision === 'sign-in') throw signInRequired();
  if (decision === 'forbidden') throw refusalOf(principal);
  if (decision === 'hidden') notFound();
}

/**
 * Which videos a list may show to a principal: for the ledger's pages.
 * @throws AppError `sign-in-required`, `not-allowed`
 */
export function visible({ principal }: Pick<Acting, 'principal'>): { visibleTo?: string } {
  authorizeRoute(principal, 'video.read');
  const isMember =
    (principal.kind === 'user' || principal.kind === 'token') && principal.role !== 'administrator';
  return isMember ? { visibleTo: principal.userId } : {};
}

/**
 * Refuses a principal that may do something to nothing at all: the gate's check of an address. What it may do
 * to one video is up to the use case.
 * @throws AppError `sign-in-required`, `not-allowed`
 */
export function authorizeRoute(principal: Principal, access: Permission | 'open'): void {
  if (access === 'open' || mayDo(principal, access)) return;
  throw principal.kind === 'anonymous' ? signInRequired() : refusalOf(principal);
}

const signInRequired = () =>
  new AppError(
    'sign-in-required',
    'Sign in first. Programs send an API token: as "Authorization: Bearer cvt_…", or as the password of Basic authentication (curl -u api:cvt_…).',
  );

const refusalOf = ({ kind }: Principal) =>
  kind === 'everybody'
    ? new AppError(
        'accounts-off',
        'This server is open to everybody and has no accounts. Start it with ACCESS=protected to set them up.',
      )
    : new AppError('not-allowed', `Your ${refused[kind] ?? 'account'} does not allow this.`);

const refused: Partial<Record<Principal['kind'], string>> = { token: 'API token', share: 'share link' };
