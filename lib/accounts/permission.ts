/** What can be allowed. Each route and each use case asks for one of these. */
export const permissions = [
  'video.read',
  'video.write',
  'package.write',
  'play',
  'download',
  'key.read',
  'share.manage',
  'account.manage',
  'user.manage',
  'token.manage',
  'audit.read',
  'system.read',
] as const;

export type Permission = (typeof permissions)[number];

const viewer: readonly Permission[] = ['video.read', 'play', 'account.manage'];
const editor: readonly Permission[] = [
  ...viewer,
  'video.write',
  'package.write',
  'download',
  'key.read',
  'share.manage',
  'token.manage',
];

/** What makes no sense on an open server. */
export const needsAccounts: readonly Permission[] = [
  'share.manage',
  'account.manage',
  'user.manage',
  'token.manage',
  'audit.read',
];

/** What an API token can be allowed: not what is for people who sign in. */
export const scopes = permissions.filter((one) => one !== 'account.manage' && one !== 'token.manage');
export type Scope = (typeof scopes)[number];

export const roles = ['administrator', 'editor', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** What each role may do: administrators with everything, the others as `mayReach` says. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: permissions,
  editor,
  viewer,
};
