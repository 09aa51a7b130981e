import type { Permission } from '@/app/_lib/session';
import type { TokenView } from '@/lib/tokens/manage-tokens';

export type Scope = TokenView['scopes'][number];

/** A program can't manage tokens, although the permission has a name: it makes no others. */
const names: Record<Exclude<Scope, 'token.manage'>, { label: string; hint: string }> = {
  'video.read': { label: 'See videos', hint: 'List videos and packages, with their tracks and states.' },
  'video.write': { label: 'Upload and delete videos', hint: 'Also captions, and who may watch a video.' },
  'package.write': { label: 'Package videos', hint: 'Make, change and delete packages, with new keys.' },
  play: { label: 'Play', hint: 'Fetch manifests, encrypted tracks and licenses.' },
  download: { label: 'Download', hint: 'Fetch the encrypted file of a package.' },
  'key.read': { label: 'Read keys', hint: 'Whoever has the keys can decrypt the videos.' },
  'share.manage': { label: 'Share', hint: 'Make, list and revoke share links.' },
  'user.manage': { label: 'Manage users', hint: 'Create and delete users, and change what they may do.' },
  'audit.read': { label: 'Read the audit log', hint: 'See who did what, and from where.' },
  'system.read': { label: 'Read the state of the server', hint: 'For monitoring.' },
};

type Offered = keyof typeof names;

const scopes = Object.keys(names) as Offered[]; // of the object above

/** What a token can be allowed: not more than its user. */
export const scopeChoices = (permissions: readonly Permission[]) =>
  scopes.filter((scope) => permissions.includes(scope)).map((scope) => ({ value: scope, ...names[scope] }));

/** The scopes of a token, in words. */
export const scopeNames = (ofToken: readonly Scope[]): string =>
  scopes
    .filter((scope) => ofToken.includes(scope))
    .map((scope) => names[scope].label)
    .join(', ');
