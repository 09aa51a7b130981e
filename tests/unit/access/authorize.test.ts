import { describe, expect, it } from 'vitest';
import {
  authorize,
  authorizeRoute,
  type Decision,
  decide,
  type Resource,
  visible,
} from '@/lib/access/authorize';
import type { Principal, UserPrincipal } from '@/lib/access/principal';
import { needsAccounts, type Permission, permissions, type Role } from '@/lib/accounts/permission';

const user = (userId: string, role: Role): UserPrincipal => ({
  ...{ kind: 'user', userId, role, name: userId, sessionId: 's', signedInAt: new Date(), grants: [] },
});
const token = (userId: string, role: Role, scopes: readonly Permission[]): Principal => ({
  ...{ kind: 'token', tokenId: 1, name: 'curl', userId, role, scopes },
});
const grant = (packageId: number, allowsDownload: boolean) => ({
  ...{ shareId: 1, packageId, videoId: 7, allowsDownload },
});
const share = (packageId: number, allowsDownload: boolean): Principal => ({
  ...{ kind: 'share', grants: [grant(packageId, allowsDownload)] },
});

const principals = {
  system: { kind: 'system' },
  everybody: { kind: 'everybody' },
  anonymous: { kind: 'anonymous' },
  owner: user('ann', 'editor'),
  editor: user('bob', 'editor'),
  viewer: user('eve', 'viewer'),
  administrator: user('root', 'administrator'),
  reader: token('ann', 'editor', ['video.read']),
  'viewer with a link': { ...user('eve', 'viewer'), grants: [grant(3, true)] },
  share: share(3, false),
  'share with download': share(3, true),
  'share of another package': share(4, true),
  'share of two packages': { kind: 'share', grants: [grant(3, false), grant(4, true)] },
} satisfies Record<string, Principal>;
type Name = keyof typeof principals;

const secret: Resource = { id: 7, ownerId: 'ann', visibility: 'private', packageId: 3 };
const ofMembers: Resource = { ...secret, visibility: 'members' };
const ofNobody: Resource = { ...secret, ownerId: null };

/** Decisions in the order of these permissions. */
const asked = ['video.read', 'video.write', 'package.write', 'play', 'download', 'key.read'] as const;
const y = 'allowed';
const f = 'forbidden';
const h = 'hidden';
const s = 'sign-in';

describe('a package', () => {
  it.each<[string, Name, Resource, Decision[]]>([
    ['private', 'system', secret, [y, y, y, y, y, y]],
    ['private', 'everybody', secret, [y, y, y, y, y, y]],
    ['private', 'anonymous', secret, [s, s, s, s, s, s]],
    ['private', 'owner', secret, [y, y, y, y, y, y]],
    ['private', 'editor', secret, [h, h, h, h, h, h]],
    ['private', 'viewer', secret, [h, h, h, h, h, h]],
    ['private', 'administrator', secret, [y, y, y, y, y, y]],
    ['private', 'reader', secret, [y, f, f, f, f, f]],
    ['private', 'share', secret, [f, f, f, y, f, f]],
    ['private', 'share with download', secret, [f, f, f, y, y, f]],
    ['private', 'share of another package', secret, [h, h, h, h, h, h]],
    ['private', 'share of two packages', secret, [f, f, f, y, f, f]],
    ['private', 'viewer with a link', secret, [f, f, f, y, y, f]],
    ['for members', 'viewer with a link', ofMembers, [y, f, f, y, y, f]],
    ['for members', 'owner', ofMembers, [y, y, y, y, y, y]],
    ['for members', 'editor', ofMembers, [y, f, f, y, f, f]],
    ['for members', 'viewer', ofMembers, [y, f, f, y, f, f]],
    ['for members', 'anonymous', ofMembers, [s, s, s, s, s, s]],
    ['for members', 'share of another package', ofMembers, [h, h, h, h, h, h]],
    ['of the administrators', 'administrator', ofNobody, [y, y, y, y, y, y]],
    ['of the administrators', 'owner', ofNobody, [h, h, h, h, h, h]],
  ])('that is %s: %s', (_, name, resource, expected) => {
    expect(asked.map((permission) => decide(principals[name], permission, resource))).toEqual(expected);
  });
});

it.each<[Name, Decision]>([
  ['share', 'allowed'],
  ['share of another package', 'allowed'],
  ['viewer', 'hidden'],
])('%s: the poster of the video is %s', (name, expected) => {
  const { packageId: _, ...video } = secret;
  expect(decide(principals[name], 'play', video)).toBe(expected);
});

it.each<[Name, readonly Permission[]]>([
  ['everybody', permissions.filter((permission) => !needsAccounts.includes(permission))],
  ['viewer with a link', ['video.read', 'play', 'account.manage', 'download']],
  ['administrator', permissions],
  ['editor', [...asked, 'share.manage', 'account.manage', 'token.manage']],
  ['viewer', ['video.read', 'play', 'account.manage']],
  ['reader', ['video.read']],
  ['share', ['play']],
  ['share with download', ['play', 'download']],
  ['anonymous', []],
])('%s gets through the gate for exactly what it may do at all', (name, expected) => {
  const passes = (permission: Permission) => {
    try {
      authorizeRoute(principals[name], permission);
      return true;
    } catch {
      return false;
    }
  };
  expect(permissions.filter(passes).toSorted()).toEqual([...expected].toSorted());
  expect(() => authorizeRoute(principals[name], 'open')).not.toThrow();
});

it('a token allows no more than the role of its user', () => {
  expect(() => authorizeRoute(token('eve', 'viewer', permissions), 'video.write')).toThrow();
});

it.each<[Name, object]>([
  ['everybody', {}],
  ['administrator', {}],
  ['editor', { visibleTo: 'bob' }],
  ['viewer', { visibleTo: 'eve' }],
  ['reader', { visibleTo: 'ann' }],
])('lists show %s: %j', (name, expected) => {
  expect(visible({ principal: principals[name] })).toEqual(expected);
});

it.each<[Name, string]>([
  ['share', 'not-allowed'],
  ['anonymous', 'sign-in-required'],
])('lists are refused to %s: %s', (name, code) => {
  expect(() => visible({ principal: principals[name] })).toThrow(expect.objectContaining({ code }));
});

describe('a refusal', () => {
  const gone = () => {
    throw new Error('gone');
  };

  it.each<[Name, Permission, object]>([
    ['anonymous', 'play', { code: 'sign-in-required' }],
    ['editor', 'video.write', { code: 'not-allowed' }],
  ])('of %s by %s: %j', (name, permission, expected) => {
    const acting = { principal: principals[name] };
    expect(() => authorize(acting, permission, ofMembers, gone)).toThrow(expect.objectContaining(expected));
  });

  it('is that of a missing resource where it may not be seen', () => {
    expect(() => authorize({ principal: principals.editor }, 'play', secret, gone)).toThrow('gone');
  });
});
