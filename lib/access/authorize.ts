import { AppError } from '@/lib/base/errors';
import type { Visibility } from '@/lib/media/visibility';
import { type Permission, permissionsOf } from './permission';
import type { Acting, Principal } from './principal';

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
    case 'everybody':
      return true;
    case 'anonymous':
      return false;
    case 'user':
      return permissionsOf[principal.role].includes(permission);
    case 'token':
      return principal.scopes.includes(permission) && permissionsOf[principal.role].includes(permission);
    case 'share':
      return permission === 'play' || (permission === 'download' && principal.allowsDownload);
  }
}

const ofMembers: readonly Permission[] = ['video.read', 'play'];

/** Whether a principal may do to this resource what it may do at all. */
function mayReach(principal: Principal, permission: Permission, resource: Resource | null): boolean {
  if (resource === null || principal.kind === 'system' || principal.kind === 'everybody') return true;
  if (principal.kind === 'anonymous') return false;
  if (principal.kind === 'share')
    // Of the video itself, the link shows the poster.
    return resource.packageId === undefined
      ? permission === 'play' && resource.id === principal.videoId
      : resource.packageId === principal.packageId;
  if (principal.role === 'administrator' || resource.ownerId === principal.userId) return true;
  return resource.visibility === 'members' && ofMembers.includes(permission);
}

/**
 * Refuses what the principal may not do.
 * @param notFound throws the error for a resource that does not exist: what may not be seen is answered alike
 * @throws AppError `sign-in-required`, `not-allowed`, and that of `notFound`
 */
export function authorize(
  { principal }: Pick<Acting, 'principal'>,
  permission: Permission,
  resource: Resource | null,
  notFound: () => never = notAllowed,
): void {
  const decision = decide(principal, permission, resource);
  if (decision === 'sign-in') throw signInRequired();
  if (decision === 'forbidden') notAllowed();
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
  if (principal.kind === 'anonymous') throw signInRequired();
  notAllowed();
}

const signInRequired = () =>
  new AppError(
    'sign-in-required',
    'Sign in first. Programs send an API token: as "Authorization: Bearer cvt_…", or as the password of Basic authentication (curl -u api:cvt_…).',
  );

function notAllowed(): never {
  throw new AppError('not-allowed', 'Your account or API token does not allow this.');
}
