/** What can be allowed. Each route and each use case asks for one of these. */
export const permissions = [
  'video.read',
  'video.write',
  'package.write',
  'play',
  'download',
  'key.read',
  'share.manage',
  'user.manage',
  'token.manage',
  'audit.read',
  'system.read',
] as const;

export type Permission = (typeof permissions)[number];

export type Role = 'administrator' | 'editor' | 'viewer';

const viewer: readonly Permission[] = ['video.read', 'play'];
const editor: readonly Permission[] = [
  ...viewer,
  'video.write',
  'package.write',
  'download',
  'key.read',
  'share.manage',
  'token.manage',
];

/** What each role may do: administrators with everything, the others as `mayReach` says. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: permissions,
  editor,
  viewer,
};
