import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTable } from '@/lib/http/access-table';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, postJson, uploadFile } from '../harness/api';
import {
  type Credentials,
  cookiesOf,
  goodPassword,
  newShare,
  newToken,
  newUser,
  type ProtectedServer,
  signIn,
  startProtectedServer,
} from '../harness/people';
import { sendRaw } from '../harness/raw-request';

/* What docs/threat-model.md promises, beside access.test.ts and access-sweep.test.ts. */
let server: ProtectedServer;
let owner: Credentials;
let made: PackageView;
let otherOfVideo: PackageView;
beforeAll(async () => {
  server = await startProtectedServer({ LOG_LEVEL: 'debug' });
  owner = await newUser(server, 'ann', 'editor');
  const video = await uploadFile(server.origin, clip('audio.mp4'), 'lesson.mp4', owner);
  made = await packageUntilReady(server.origin, video.id, {}, owner);
  otherOfVideo = await packageUntilReady(server.origin, video.id, {}, owner);
});
afterAll(() => server.stop());

const cookieOf = ({ Cookie = '' }: Credentials): Credentials => ({ Cookie });
const get = (address: string, headers: Credentials = {}, method = 'GET') =>
  fetch(server.origin + address, { method, headers, redirect: 'manual' });
const license = (of: PackageView, as: Credentials) =>
  postJson(server.origin + of.links.license, { kids: kidsOf(of), type: 'temporary' }, as);
const kidsOf = ({ kids }: PackageView) => kids.map((kid) => Buffer.from(kid, 'hex').toString('base64url'));

/** The addresses of a package's playback: manifests, and a track. */
async function mediaOf(view: PackageView): Promise<string[]> {
  const { manifest, hls } = view.links;
  const text = await (await get(manifest ?? '', owner)).text();
  const track = /<BaseURL>([^<]+)</.exec(text)?.[1] ?? '';
  expect(track).toMatch(/\.mp4$/);
  return [manifest ?? '', hls ?? '', path.posix.join(path.posix.dirname(manifest ?? ''), track)];
}

/** The status of everything that playback requests, with the license last. */
async function playing(view: PackageView, as: Credentials): Promise<number[]> {
  const statuses: number[] = [];
  for (const address of await mediaOf(view)) {
    statuses.push((await get(address, as)).status);
    statuses.push((await get(address, { ...as, Range: 'bytes=0-9' })).status);
    statuses.push((await get(address, { ...as, 'If-None-Match': '*' })).status);
    statuses.push((await get(address, as, 'HEAD')).status);
  }
  return [...statuses, (await license(view, as)).status];
}

/** What a playback that is allowed answers: whole, in part, unchanged, and the head; then the license. */
const allowed = [...Array.from({ length: 3 }, () => [200, 206, 304, 200]).flat(), 200];

/** Changes rows, as time would. */
function changeRows(statement: string, ...values: unknown[]): void {
  const db = new Database(path.join(server.storage, 'cenclave.db'));
  expect(db.prepare(statement).run(...values).changes).toBe(1);
  db.close();
}

describe('a share link', () => {
  it.each<[string, (id: string) => unknown]>([
    ['is revoked', (id) => fetch(`${server.origin}/api/shares/${id}`, { method: 'DELETE', headers: owner })],
    ['expires', (id) => changeRows('update share_links set expires_at = ? where id = ?', Date.now() - 1, id)],
    [
      'gets another password',
      (id) => changeRows('update share_links set password = ? where id = ?', 'x', id),
    ],
  ])('plays until it %s, which ends manifests, tracks and licenses', async (_, end) => {
    const share = await newShare(server, owner, made.id);
    const guest = cookieOf(share);
    expect(await playing(made, guest)).toEqual(allowed);
    expect((await get(`/play/${made.id}`, { ...guest, Accept: 'text/html' })).status).toBe(200);
    await end(share.id);
    expect(new Set(await playing(made, guest))).toEqual(new Set([401]));
    expect((await get(`/play/${made.id}`, { ...guest, Accept: 'text/html' })).status).toBe(303);
  });

  it('opens no other package, of the same video neither, and no download', async () => {
    const guest = cookieOf(await newShare(server, owner, made.id));
    expect(new Set(await playing(otherOfVideo, guest))).toEqual(new Set([404]));
    expect((await get(otherOfVideo.links.self, guest)).status).toBe(404);
    expect((await get(made.links.download ?? '', guest)).status).toBe(403);
    const folder = path.posix.dirname(made.links.manifest ?? '');
    const stored = readdirSync(path.join(server.storage, 'packages', made.mediaId), { recursive: true });
    expect(stored.filter((name) => String(name).endsWith('.mp4')).length).toBeGreaterThan(1);
    for (const name of ['download.mp4', '..%2f..%2fmaster.key', 'master.key'])
      expect([name, (await get(`${folder}/${name}`, guest)).status]).toEqual([name, 404]);
    for (const address of [made.links.keys, `/api/packages/${made.id}/shares`])
      expect((await get(address, guest)).status).toBe(403);
    const downloads = cookieOf(await newShare(server, owner, made.id, { allowsDownload: true }));
    expect((await get(made.links.download ?? '', downloads)).status).toBe(200);
    expect((await get(otherOfVideo.links.download ?? '', downloads)).status).toBe(404);
  });

  it('with a password opens with it alone, and its secret makes no cookie', async () => {
    const options = { password: 'open sesame' };
    const answer = await postJson(`${server.origin}/api/packages/${made.id}/shares`, options, owner);
    const secret = (await answer.json()).url.split('/').at(-1);
    const open = (password?: string) => postJson(`${server.origin}/api/shares/open`, { secret, password });
    expect([(await open()).headers.getSetCookie(), await (await open()).json()]).toEqual([
      [],
      { play: null },
    ]);
    const wrong = await open('guess');
    expect([wrong.status, (await wrong.json()).code]).toEqual([422, 'share-password-wrong']);
    const [name] = cookiesOf(await open('open sesame')).split('=');
    for (const proof of ['', 'A'.repeat(43)])
      expect((await license(made, { Cookie: `${name}=${secret}.${proof}` })).status).toBe(401);
    expect((await license(made, { Cookie: cookiesOf(await open('open sesame')) })).status).toBe(200);
  });

  it('that was used is named in the audit log, also where a browser has opened several', async () => {
    const first = await newShare(server, owner, otherOfVideo.id);
    const second = await newShare(server, owner, made.id);
    const [name, one = ''] = (first.Cookie ?? '').split('=');
    const both = { Cookie: `${name}=${one}~${(second.Cookie ?? '').split('=')[1]}` };
    expect((await license(made, both)).status).toBe(200);
    const { items } = await (await get('/api/audit?action=license', server.root)).json();
    expect(items[0]).toMatchObject({ actor: { kind: 'share', id: second.id }, target: `package:${made.id}` });
  });
});

describe('an account', () => {
  const userIdOf = async (name: string): Promise<string> =>
    (await (await get('/api/users', server.root)).json()).items.find(
      (one: { name: string }) => one.name === name,
    ).id;
  const lower = async (name: string, role: string) =>
    fetch(`${server.origin}/api/users/${await userIdOf(name)}`, {
      method: 'PATCH',
      body: JSON.stringify({ role }),
      headers: { ...server.root, 'Content-Type': 'application/json' },
    });

  it('that is made a viewer or deleted loses its tokens and sessions at once', async () => {
    const session = await newUser(server, 'demoted', 'editor');
    const token = await newToken(server, session, ['video.read', 'video.write']);
    const upload = (as: Credentials) => postJson(`${server.origin}/api/videos/999/packages`, {}, as);
    const write = (as: Credentials) =>
      fetch(`${server.origin}/api/videos/999`, { method: 'DELETE', headers: as });
    expect([
      (await upload(session)).status,
      (await write(session)).status,
      (await write(token)).status,
    ]).toEqual([404, 404, 404]);
    expect((await lower('demoted', 'viewer')).status).toBe(200);
    for (const as of [session, token]) {
      const refused = await fetch(`${server.origin}/api/uploads`, {
        method: 'POST',
        headers: { ...as, 'Tus-Resumable': '1.0.0', 'Upload-Length': '9' },
      });
      expect([refused.status, (await get('/api/videos', as)).status]).toEqual([403, 200]);
    }
    await fetch(`${server.origin}/api/users/${await userIdOf('demoted')}`, {
      method: 'DELETE',
      headers: server.root,
    });
    for (const as of [session, token]) expect((await get('/api/videos', as)).status).toBe(401);
  });

  it('has a new session after each sign-in, and the one before it ends', async () => {
    const before = await newUser(server, 'again', 'viewer');
    const credentials = { email: 'again@example.org', password: goodPassword };
    const answer = await postJson(`${server.origin}/api/session`, credentials, before);
    const after = { Cookie: cookiesOf(answer) };
    expect(after.Cookie).not.toBe(before.Cookie);
    expect([(await get('/api/videos', before)).status, (await get('/api/videos', after)).status]).toEqual([
      401, 200,
    ]);
  });
});

it('an API token as the password of Basic does not let a page of another site write', async () => {
  const { Authorization = '' } = await newToken(server, owner, ['package.write']);
  const token = Authorization.slice('Bearer '.length);
  const retry = (authorization: string, headers: Credentials) =>
    fetch(`${server.origin}/api/packages/${made.id}/retry`, {
      ...{ method: 'POST', headers: { Authorization: authorization, ...headers } },
    });
  const basic = `Basic ${btoa(`api:${token}`)}`;
  for (const from of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }])
    expect((await (await retry(basic, from)).json()).code).toBe('cross-origin');
  expect((await (await retry(basic, {})).json()).code).toBe('nothing-to-retry');
});

it('an API token makes, lists and revokes no other, whatever its scopes', async () => {
  const refused = await postJson(
    `${server.origin}/api/tokens`,
    { name: 'x', scopes: ['token.manage'] },
    owner,
  );
  expect((await refused.json()).code).toBe('scopes-invalid');
  const token = await newToken(server, owner, ['share.manage']);
  const { items } = await (await get('/api/tokens', owner)).json();
  const wish = { name: 'more', scopes: ['video.read'] };
  for (const answer of [
    await postJson(`${server.origin}/api/tokens`, wish, token),
    await get('/api/tokens', token),
    await get(`/api/tokens/${items[0].id}`, token, 'DELETE'),
  ])
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'not-allowed']);
});

it('the address of a client is not what it claims in a header', async () => {
  const claims = {
    'X-Forwarded-For': '203.0.113.9',
    Forwarded: 'for=203.0.113.9',
    'X-Real-IP': '203.0.113.9',
  };
  const credentials = { email: 'nobody@example.org', password: 'not this password' };
  expect((await postJson(`${server.origin}/api/session`, credentials, claims)).status).toBe(422);
  const { items } = await (await get('/api/audit?action=sign-in', server.root)).json();
  expect(items[0]).toMatchObject({ outcome: 'refused', actor: { kind: 'anonymous' } });
  expect(items[0].address).toMatch(/^(::ffff:)?127\.0\.0\.1$|^::1$/);
});

it('no address lets pages of other sites read an answer', async () => {
  const addresses = Object.keys(accessTable).map((template) =>
    template.replace('/media/{...}', made.links.manifest ?? '').replaceAll(/\{[^}]+\}/g, '1'),
  );
  for (const address of addresses)
    for (const method of ['GET', 'OPTIONS']) {
      const headers = { ...owner, Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' };
      const answer = await get(address, headers, method);
      const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control'));
      expect([method, address, names]).toEqual([method, address, []]);
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
});

it('media may be cached by browsers only, and licenses, keys and lists by nobody', async () => {
  for (const address of await mediaOf(made))
    expect((await get(address, owner)).headers.get('cache-control')).toMatch(/^private, max-age=/);
  const answers = [
    await license(made, owner),
    await get(made.links.keys, owner),
    await get('/api/videos', owner),
  ];
  for (const answer of answers) expect(answer.headers.get('cache-control')).toBe('no-store');
});

it('the sign-in page is given a path of this server to return to, and nothing else', async () => {
  for (const target of [
    '/videos/1?x=https://evil.example',
    '/play/1',
    `http://localhost:${server.port}/play/1`,
  ]) {
    const head = [`GET ${target} HTTP/1.1`, `Host: localhost:${server.port}`, 'Accept: text/html'];
    const answer = await sendRaw(server.port, [...head, 'Connection: close', '', ''].join('\r\n'));
    const location = /^Location: (.*)\r$/im.exec(answer)?.[1] ?? '';
    expect(location).toMatch(/^\/sign-in\?returnTo=%2F(videos|play)%2F1/);
  }
  for (const target of ['//evil.example/', '/\\evil.example/', '/%2f/evil.example']) {
    const head = [`GET ${target} HTTP/1.1`, `Host: localhost:${server.port}`, 'Accept: text/html'];
    const answer = await sendRaw(server.port, [...head, 'Connection: close', '', ''].join('\r\n'));
    expect(answer).not.toMatch(/^Location: .*evil/im);
  }
});

it('the setup stays closed while there is an administrator, even with a token in its file', async () => {
  const file = path.join(server.storage, 'setup-token');
  expect(existsSync(file)).toBe(false);
  const token = 'A'.repeat(43);
  writeFileSync(file, token, { mode: 0o600 });
  const wish = { token, name: 'Eve', email: 'eve@example.org', password: goodPassword };
  const answer = await postJson(`${server.origin}/api/setup`, wish);
  expect([answer.status, (await answer.json()).code]).toEqual([404, 'not-found']);
  await expect(signIn(server, 'eve@example.org')).rejects.toThrow('422');
});

it('neither the log nor the audit log nor the database has a secret', async () => {
  const given = await (await get(made.links.keys, owner)).json();
  const keys = (JSON.stringify(given).match(/"key(?:Hex)?":"([0-9a-f]{32})"/g) ?? []).map((text) =>
    text.slice(-33, -1),
  );
  expect(keys.length).toBeGreaterThan(0);
  const share = await newShare(server, owner, made.id, { name: 'for Bob' });
  await get(`/s/${share.url.split('/').at(-1)}`, { Accept: 'text/html' });
  const token = (await newToken(server, owner, ['video.read'])).Authorization?.slice('Bearer '.length) ?? '';
  await get('/api/videos', { Authorization: `Bearer ${token}` });
  const invited = await postJson(
    `${server.origin}/api/users`,
    { name: 'I', email: 'i@example.org', role: 'viewer' },
    server.root,
  );
  const invitation = new URL((await invited.json()).invitation.url).hash.slice(1);
  await postJson(`${server.origin}/api/invitation/user`, { secret: invitation });
  await expect(signIn(server, 'ann@example.org', 'a wrong but secret one')).rejects.toThrow('422');
  const [, session = ''] = /=([^.]+)/.exec(server.root.Cookie ?? '') ?? [];
  const masterKey = readFileSync(path.join(server.storage, 'master.key'), 'utf8').trim();
  const secrets = [
    goodPassword,
    'a wrong but secret one',
    share.url.split('/').at(-1),
    token,
    invitation,
    masterKey,
  ];
  const { items } = await (await get('/api/audit?limit=100', server.root)).json();
  const places = {
    log: server.output(),
    audit: JSON.stringify(items),
    database: ['cenclave.db', 'cenclave.db-wal']
      .map((name) => readFileSync(path.join(server.storage, name), 'latin1'))
      .join(''),
  };
  expect(
    items.map(({ action, outcome }: { action: string; outcome: string }) => `${action} ${outcome}`),
  ).toEqual(
    expect.arrayContaining(['sign-in refused', 'share-create done', 'token-create done', 'keys-reveal done']),
  );
  for (const text of [places.log, places.audit]) expect(text.includes(session)).toBe(false);
  for (const [place, text] of Object.entries(places))
    for (const secret of [
      ...secrets,
      ...keys,
      ...keys.map((key) => Buffer.from(key, 'hex').toString('base64url')),
    ])
      expect([place, text.includes(secret ?? '')]).toEqual([place, false]);
});

describe('behind nginx', () => {
  let behind: ProtectedServer;
  let view: PackageView;
  beforeAll(async () => {
    behind = await startProtectedServer({
      ...{ PUBLIC_URL: 'https://video.example', X_ACCEL_PREFIX: '/cenclave-files/' },
    });
    const video = await uploadFile(behind.origin, clip('audio.mp4'), 'a.mp4', behind.root);
    view = await packageUntilReady(behind.origin, video.id, {}, behind.root);
  });
  afterAll(() => behind.stop());

  it('every cookie is Secure, HttpOnly and SameSite=Lax, for this host alone', async () => {
    const shared = await postJson(`${behind.origin}/api/packages/${view.id}/shares`, {}, behind.root);
    const secret = (await shared.json()).url.split('/').at(-1);
    const credentials = { email: 'root@example.org', password: goodPassword };
    const lines = [
      ...(await postJson(`${behind.origin}/api/session`, credentials)).headers.getSetCookie(),
      ...(await postJson(`${behind.origin}/api/shares/open`, { secret })).headers.getSetCookie(),
    ];
    expect(lines.map((line) => line.split('=')[0])).toEqual(['__Host-cenclave', '__Host-cenclave-shares']);
    for (const line of lines) {
      const attributes = line.split('; ').slice(1);
      expect(attributes).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']));
      expect(line).not.toMatch(/domain/i);
    }
  });

  it('a file is left to nginx after the check only', async () => {
    const stranger = await newUser(behind, 'eve', 'viewer');
    for (const address of [view.links.manifest ?? '', view.links.download ?? ''])
      for (const [as, statuses] of [
        [{}, [401]],
        [stranger, [403, 404]],
        [behind.root, [200]],
      ] as const) {
        const answer = await fetch(behind.origin + address, { headers: as });
        expect(statuses).toContain(answer.status);
        expect(answer.headers.get('x-accel-redirect')).toEqual(
          as === behind.root ? expect.stringMatching(/^\/cenclave-files\/packages\//) : null,
        );
      }
  });
});
