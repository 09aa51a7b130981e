import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Permission } from '@/lib/accounts/permission';
import { accessTable, methodsOf, resourceOf } from '@/lib/http/access-table';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import {
  type Credentials,
  newShare,
  newToken,
  newUser,
  type ProtectedServer,
  startProtectedServer,
} from '../harness/people';
import { sendRaw } from '../harness/raw-request';

/*
 * Every address of the table, by every method, as everybody who might ask, about a private video of an
 * editor. What is expected is written here a second time, by hand: by permission, not by the code that
 * decides.
 */
let server: ProtectedServer;
let made: PackageView;
const who: Record<string, Credentials> = {};

/** In no other name or answer: where it shows, something of the video was given away. */
const secretName = 'unmistakable-lesson';

beforeAll(async () => {
  server = await startProtectedServer();
  who.owner = await newUser(server, 'ann', 'editor');
  who.editor = await newUser(server, 'bob', 'editor');
  who.viewer = await newUser(server, 'eve', 'viewer');
  who.administrator = server.root;
  who.anonymous = {};
  const { origin } = server;
  const video = await uploadFile(origin, clip('audio.mp4'), `${secretName}.mp4`, who.owner);
  made = await packageUntilReady(origin, video.id, {}, who.owner);
  const other = await uploadFile(origin, clip('audio.mp4'), 'other.mp4', who.editor);
  const otherPackage = await packageUntilReady(origin, other.id, {}, who.editor);
  who['token of the owner without scope'] = await newToken(server, who.owner, ['share.manage']);
  who['token of the owner to read'] = await newToken(server, who.owner, ['video.read']);
  who['token of another editor'] = await newToken(server, who.editor, ['video.read', 'play', 'video.write']);
  who['wrong token'] = { Authorization: `Bearer cvt_${'A'.repeat(49)}` };
  who['link to another package'] = await newShare(server, who.editor, otherPackage.id);
  who.link = await newShare(server, who.owner, made.id);
});
afterAll(() => server.stop());

const rows = Object.entries(accessTable).flatMap(([template, row]) =>
  methodsOf(row)
    .filter((method) => method !== 'OPTIONS')
    .map((method) => {
      const access = method === 'HEAD' ? (row.access.HEAD ?? row.access.GET) : row.access[method as 'GET'];
      return { template, method, kind: row.kind, access };
    }),
);

/** The address of a row, for the video and the package of the owner. */
const addressOf = (template: string): string =>
  template
    .replace('/media/{...}', made.links.manifest ?? '')
    .replace('{...}', 'nothing.js')
    .replace(/\{(textId|secret)\}/, '1')
    .replace('{id}', template.includes('video') ? String(made.videoId) : String(made.id));

const ask = (template: string, method: string, as: string) =>
  fetch(server.origin + addressOf(template), {
    ...{ method, redirect: 'manual', headers: { ...headersOf(as), Accept: 'text/html,*/*' } },
  });
const headersOf = (as: string): Record<string, string> => {
  const { Cookie, Authorization } = who[as] ?? {};
  return { ...(Cookie ? { Cookie } : {}), ...(Authorization ? { Authorization } : {}) };
};

const ofViewers: Permission[] = ['video.read', 'play', 'account.manage'];
const ofEditors: Permission[] = [
  ...ofViewers,
  ...(['video.write', 'package.write', 'download', 'key.read', 'share.manage', 'token.manage'] as const),
];
const may: Record<string, readonly Permission[]> = {
  editor: ofEditors,
  viewer: ofViewers,
  'token of the owner without scope': ['share.manage'],
  'token of the owner to read': ['video.read'],
  'token of another editor': ['video.read', 'play', 'video.write'],
  'link to another package': ['play'],
  link: ['play'],
};
/** Who sees the video, and so is refused by 403 what is not allowed. */
const sees = ['token of the owner to read', 'link'];

const guarded = rows.filter(({ access }) => access !== 'open');
const closed = (kind: string, forPrograms: number) => (kind === 'page' ? [303, 404] : [forPrograms]);

describe.each(guarded)('$method $template', ({ template, method, kind, access }) => {
  it.each([['anonymous'], ['wrong token']])('is closed to %s', async (as) => {
    const answer = await ask(template, method, as);
    expect(closed(kind, 401)).toContain(answer.status);
    if (kind !== 'page') expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
    expect(await answer.text()).not.toContain(secretName);
  });

  it.each(Object.keys(may).map((name) => [name]))('as %s', async (as) => {
    const permitted = may[as]?.includes(access as Permission) ?? false;
    const ofOwner = resourceOf(addressOf(template)) !== null || template.startsWith('/media');
    const mayReach = !ofOwner || sees.includes(as) || as.startsWith('token of the owner');
    if (permitted && mayReach) return; // allowed: other tests do so
    const answer = await ask(template, method, as);
    // Who may play nothing at all is refused alike at every address of media.
    const isHidden = ofOwner && !sees.includes(as) && (permitted || !template.startsWith('/media'));
    const expected = isHidden ? 404 : 403;
    expect(answer.status).toBe(kind === 'page' ? 404 : expected);
    expect(await answer.text()).not.toContain(secretName);
  });
});

it('is open to its owner and to administrators', async () => {
  const reads = guarded.filter(({ method, template }) => method === 'GET' && template.includes('{id}'));
  expect(reads.length).toBeGreaterThan(8);
  for (const as of ['owner', 'administrator'])
    for (const { template } of reads) {
      const answer = await ask(template, 'GET', as);
      expect([template, [200, 404, 303].includes(answer.status)]).toEqual([template, true]);
      // The only address that is right to have nothing: an audio file has no poster.
      if (answer.status === 404) expect(template).toBe('/api/videos/{id}/poster');
    }
});

it.each(['owner', 'administrator', 'editor', 'viewer', 'link'])(
  'the lists of %s show only what is visible',
  async (as) => {
    const isShown = ['owner', 'administrator'].includes(as);
    for (const list of ['/api/videos', '/api/packages', '/allUploaded', '/allEncoded', '/']) {
      const text = await (await ask(list, 'GET', as)).text();
      expect([list, text.includes(secretName)]).toEqual([list, isShown]);
    }
  },
);

describe('ways around', () => {
  const spellings: [string, (address: string) => string][] = [
    ['an escaped digit', (address) => address.replace(/\d+/, (id) => `%3${id.at(-1)}`)],
    ['an escaped letter', (address) => address.replace('a', '%61')],
    ['two slashes', (address) => `/${address}`],
    ['two slashes within', (address) => address.replace(/(?<=.)\//, '//')],
    ['a slash at the end', (address) => `${address}/`],
    ['dots', (address) => `/api/health/..${address}`],
    ['escaped dots', (address) => `/api/health/%2e%2e${address}`],
    ['.rsc', (address) => `${address}.rsc`],
    ['?_rsc', (address) => `${address}?_rsc=1`],
    ['.json of Next.js', (address) => `/_next/data/x${address}.json`],
    ['the images of Next.js', (address) => `/_next/image?url=${encodeURIComponent(address)}&w=640&q=75`],
    ['a backslash', (address) => address.replace(/^\//, '/\\')],
    ['upper case', (address) => address.toUpperCase()],
    ['the whole address', (address) => `http://localhost:${server.port}${address}`],
  ];

  it.each(spellings)('%s leads nobody anywhere', async (_, spell) => {
    const gets = guarded.filter(({ method }) => method === 'GET');
    for (const { template } of gets)
      for (const extra of [
        [],
        ['RSC: 1'],
        ['Next-Router-Prefetch: 1', 'RSC: 1'],
        ['x-middleware-subrequest: middleware'],
      ]) {
        const head = [`GET ${spell(addressOf(template))} HTTP/1.1`, `Host: localhost:${server.port}`];
        const answer = await sendRaw(
          server.port,
          [...head, ...extra, 'Connection: close', '', ''].join('\r\n'),
        );
        expect(answer).toMatch(/^HTTP\/1\.1 (303|308|400|401|404) /);
        expect(answer).not.toContain(secretName);
        expect(answer).not.toContain('<MPD');
      }
  });
});

describe('a write from another site', () => {
  it.each<[string, Record<string, string>]>([
    ['another origin', { Origin: 'https://evil.example' }],
    ['another scheme', { Origin: 'https://localhost:PORT' }],
    ['another site, by the browser', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another host of the same site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('%s is refused with a session', async (_, headers) => {
    for (const { template, method } of rows.filter((row) => !['GET', 'HEAD'].includes(row.method))) {
      const given = { ...headersOf('owner'), ...headers };
      if (given.Origin) given.Origin = given.Origin.replace('PORT', String(server.port));
      const answer = await fetch(server.origin + addressOf(template), { method, headers: given });
      expect([template, answer.status, (await answer.json()).code]).toEqual([template, 403, 'cross-origin']);
    }
  });

  it('counts nothing with an API token, which no browser sends by itself', async () => {
    const token = await newToken(server, who.owner ?? {}, ['package.write']);
    const headers = { ...token, Origin: 'https://evil.example' };
    const answer = await fetch(`${server.origin}/api/packages/${made.id}/retry`, { method: 'POST', headers });
    expect((await answer.json()).code).toBe('nothing-to-retry');
  });
});
