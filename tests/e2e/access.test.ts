import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, postJson, uploadFile } from '../harness/api';
import { type AppServer, startAppServer } from '../harness/app-server';
import {
  type Credentials,
  cookiesOf,
  goodPassword,
  newToken,
  newUser,
  type ProtectedServer,
  signIn,
  startProtectedServer,
} from '../harness/people';

const json = (method: string, body: unknown, headers: Credentials = {}) => ({
  ...{ method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } },
});

describe('an open server', () => {
  let server: AppServer;
  beforeAll(async () => {
    server = await startAppServer();
  });
  afterAll(() => server.stop());

  it('lets everybody in, and has no accounts', async () => {
    expect((await fetch(`${server.origin}/api/videos`)).status).toBe(200);
    const me = await (await fetch(`${server.origin}/api/session`)).json();
    expect([me.kind, me.permissions.includes('user.manage')]).toEqual(['everybody', false]);
    for (const list of ['users', 'tokens', 'audit', 'account/sessions'])
      expect(await (await fetch(`${server.origin}/api/${list}`)).json()).toMatchObject({
        code: 'accounts-off',
      });
    expect(existsSync(path.join(server.storage, 'setup-token'))).toBe(false);
    const token = 'A'.repeat(43);
    const answer = await postJson(`${server.origin}/api/setup`, {
      ...{ token, name: 'Eve', email: 'eve@example.org', password: goodPassword },
    });
    expect(answer.status).toBe(404);
  });

  it.each([
    ['Forwarded', 'for=192.0.2.1'],
    ['X-Forwarded-For', '192.0.2.1'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Real-IP', '192.0.2.1'],
    ['Via', '1.1 proxy'],
  ])('refuses what came through a proxy: %s', async (name, value) => {
    for (const address of ['/', '/api/videos', `/media/${'0'.repeat(32)}/v1/manifest.mpd`]) {
      const answer = await fetch(server.origin + address, {
        headers: { [name]: value, Accept: 'text/html' },
      });
      expect([address, answer.status, (await answer.json()).code]).toEqual([address, 403, 'proxy-refused']);
    }
  });
});

describe('the setup', () => {
  it('creates the first administrator with the token alone, once', async () => {
    const server = await startAppServer({ PUBLIC_URL: 'http://video.localhost' });
    try {
      const file = path.join(server.storage, 'setup-token');
      const token = readFileSync(file, 'utf8').trim();
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(server.output()).toContain(`http://video.localhost/setup#${token}`);
      const page = await fetch(`${server.origin}/`, { redirect: 'manual', headers: { Accept: 'text/html' } });
      expect([page.status, page.headers.get('location')]).toEqual([303, '/setup']);
      const person = { name: 'Ann', email: 'ann@example.org', password: goodPassword };
      const setUp = (more: object) => postJson(`${server.origin}/api/setup`, { ...person, ...more });
      expect(await (await setUp({ token: 'guess' })).json()).toMatchObject({ code: 'link-invalid' });
      expect(await (await setUp({ token, password: 'short' })).json()).toMatchObject({
        ...{ code: 'password-invalid', field: 'password' },
      });
      const answers = await Promise.all([setUp({ token }), setUp({ token, email: 'eve@example.org' })]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404]);
      expect(existsSync(file)).toBe(false);
      expect(await (await setUp({ token })).json()).toMatchObject({ code: 'not-found' });
      const Cookie = cookiesOf(answers.find(({ status }) => status === 204) as Response);
      const users = await (await fetch(`${server.origin}/api/users`, { headers: { Cookie } })).json();
      expect(users.items).toMatchObject([{ role: 'administrator', status: 'active' }]);
      expect((await fetch(`${server.origin}/setup`)).status).toBe(404);
    } finally {
      await server.stop();
    }
  });
});

describe('people', () => {
  let server: ProtectedServer;
  beforeAll(async () => {
    server = await startProtectedServer();
  });
  afterAll(() => server.stop());
  const status = async (headers: Credentials, address = '/api/videos') =>
    (await fetch(server.origin + address, { headers })).status;

  it('a wrong password and an unknown address are answered alike', async () => {
    await newUser(server, 'known', 'viewer');
    const attempt = async (email: string) => {
      const answer = await postJson(`${server.origin}/api/session`, { email, password: 'not this password' });
      return [answer.status, await answer.json(), answer.headers.getSetCookie()];
    };
    const known = await attempt('known@example.org');
    expect(known).toMatchObject([422, { code: 'sign-in-failed' }, []]);
    expect(await attempt('nobody@example.org')).toEqual(known);
  });

  it('failures are limited, but do not keep out who has signed in from there', async () => {
    const other = await startProtectedServer();
    try {
      const attempt = (email: string, password: string) =>
        postJson(`${other.origin}/api/session`, { email, password });
      for (let i = 0; i < 20; i += 1) await attempt(`nobody${i}@example.org`, 'not this password');
      const refused = await attempt('nobody@example.org', 'not this password');
      expect([refused.status, (await refused.json()).code]).toEqual([429, 'too-many-requests']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await other.stop();
    }
  });

  it('an invitation works once', async () => {
    const made = await postJson(
      ...([
        `${server.origin}/api/users`,
        { name: 'Once', email: 'once@example.org', role: 'viewer' },
        server.root,
      ] as const),
    );
    const { user, invitation } = await made.json();
    expect(user).toMatchObject({ status: 'invited', email: 'once@example.org' });
    const secret = new URL(invitation.url).hash.slice(1);
    const who = await postJson(`${server.origin}/api/invitation/user`, { secret });
    expect(await who.json()).toEqual({ name: 'Once', email: 'once@example.org' });
    const accept = () => postJson(`${server.origin}/api/invitation`, { secret, password: goodPassword });
    const answers = await Promise.all([accept(), accept()]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([204, 404]);
    expect((await postJson(`${server.origin}/api/invitation/user`, { secret })).status).toBe(404);
  });

  it('another password ends the other sessions', async () => {
    const first = await newUser(server, 'many', 'viewer');
    const second = await signIn(server, 'many@example.org');
    const change = (currentPassword: string) =>
      fetch(
        `${server.origin}/api/account/password`,
        json('PUT', { currentPassword, newPassword: 'another good password' }, first),
      );
    expect(await (await change('wrong')).json()).toMatchObject({
      code: 'password-wrong',
      field: 'currentPassword',
    });
    expect(await status(second)).toBe(200);
    const changed = await change(goodPassword);
    expect(changed.status).toBe(204);
    expect(await status(second)).toBe(401);
    expect(await status({ Cookie: cookiesOf(changed) })).toBe(200);
    await expect(signIn(server, 'many@example.org')).rejects.toThrow('422');
    await signIn(server, 'many@example.org', 'another good password');
  });

  it('sessions are listed, and end at once', async () => {
    const first = await newUser(server, 'two', 'viewer');
    const second = await signIn(server, 'two@example.org');
    const list = async () =>
      (await (await fetch(`${server.origin}/api/account/sessions`, { headers: first })).json()).items;
    const sessions = await list();
    expect(sessions.map((session: { isCurrent: boolean }) => session.isCurrent).toSorted()).toEqual([
      false,
      true,
    ]);
    const { id } = sessions.find((session: { isCurrent: boolean }) => !session.isCurrent);
    const end = (as: Credentials) =>
      fetch(`${server.origin}/api/account/sessions/${id}`, { method: 'DELETE', headers: as });
    expect((await end(server.root)).status).toBe(404);
    expect((await end(first)).status).toBe(204);
    expect(await status(second)).toBe(401);
    const out = await fetch(`${server.origin}/api/session`, { method: 'DELETE', headers: first });
    expect(out.status).toBe(204);
    expect(await status(first)).toBe(401);
  });

  it('a role counts from its change on, and a deleted user is out', async () => {
    const eve = await newUser(server, 'changing', 'viewer');
    const { items } = await (await fetch(`${server.origin}/api/users`, { headers: server.root })).json();
    const { id } = items.find(({ name }: { name: string }) => name === 'changing');
    expect(await status(eve, '/api/users')).toBe(403);
    const patch = (role: string, userId = id) =>
      fetch(`${server.origin}/api/users/${userId}`, json('PATCH', { role }, server.root));
    expect((await patch('administrator')).status).toBe(200);
    expect(await status(eve, '/api/users')).toBe(200);
    expect((await patch('viewer')).status).toBe(200);
    const root = items.find(({ role }: { role: string }) => role === 'administrator');
    expect(await (await patch('viewer', root.id)).json()).toMatchObject({ code: 'last-administrator' });
    const gone = await fetch(`${server.origin}/api/users/${id}`, { method: 'DELETE', headers: server.root });
    expect(gone.status).toBe(204);
    expect(await status(eve)).toBe(401);
  });

  it('a video is private until its owner opens it to members', async () => {
    const [ann, eve] = [await newUser(server, 'owner', 'editor'), await newUser(server, 'member', 'viewer')];
    const video = await uploadFile(server.origin, clip('audio.mp4'), 'lesson.mp4', ann);
    expect(video.visibility).toBe('private');
    const address = `/api/videos/${video.id}`;
    expect(await status(eve, address)).toBe(404);
    const set = (visibility: string) => fetch(server.origin + address, json('PATCH', { visibility }, ann));
    expect(await (await set('world')).json()).toMatchObject({
      code: 'visibility-unknown',
      field: 'visibility',
    });
    expect((await set('members')).status).toBe(200);
    expect(await status(eve, address)).toBe(200);
    const wish = await fetch(server.origin + address, json('PATCH', { visibility: 'private' }, eve));
    expect(wish.status).toBe(403);
  });
});

describe('programs', () => {
  let server: ProtectedServer;
  let made: PackageView;
  beforeAll(async () => {
    server = await startProtectedServer();
    const video = await uploadFile(server.origin, clip('audio.mp4'), 'a.mp4', server.root);
    made = await packageUntilReady(server.origin, video.id, {}, server.root);
  });
  afterAll(() => server.stop());

  it('a token is stored by its hash alone, and shown once', async () => {
    const { Authorization = '' } = await newToken(server, server.root, ['video.read']);
    const token = Authorization.slice('Bearer '.length);
    expect(token).toMatch(/^cvt_/);
    const listed = await (await fetch(`${server.origin}/api/tokens`, { headers: server.root })).text();
    expect(listed).not.toContain(token);
    for (const file of ['cenclave.db', 'cenclave.db-wal'])
      expect(readFileSync(path.join(server.storage, file)).includes(token)).toBe(false);
    expect(server.output()).not.toContain(token);
  });

  it('a token allows its scopes until it is revoked, as Bearer and as the password of Basic', async () => {
    const bearer = await newToken(server, server.root, ['video.read']);
    const token = bearer.Authorization?.slice('Bearer '.length);
    const basic = { Authorization: `Basic ${Buffer.from(`api:${token}`).toString('base64')}` };
    for (const headers of [bearer, basic]) {
      expect((await fetch(`${server.origin}/api/videos`, { headers })).status).toBe(200);
      const keys = await fetch(server.origin + made.links.keys, { headers });
      expect([keys.status, (await keys.json()).code]).toEqual([403, 'not-allowed']);
      expect((await fetch(`${server.origin}/api/tokens`, { headers })).status).toBe(403);
    }
    const { items } = await (await fetch(`${server.origin}/api/tokens`, { headers: server.root })).json();
    expect(items[0].lastUsedAt).not.toBeNull();
    await fetch(`${server.origin}/api/tokens/${items[0].id}`, { method: 'DELETE', headers: server.root });
    const refused = await fetch(`${server.origin}/api/videos`, { headers: basic });
    expect([refused.status, (await refused.json()).code]).toEqual([401, 'token-invalid']);
  });

  it('a token that may only package is answered what it asked for', async () => {
    const video = await uploadFile(server.origin, clip('audio.mp4'), 'b.mp4', server.root);
    const token = await newToken(server, server.root, ['package.write']);
    const key = { key: '76a6c65c5ea762046bd749a2e632ccbb', kid: 'a7e61c373e219033c21091fa607bf3c9' };
    const headers = { ...token, Prefer: 'respond-async' };
    const answer = await postJson(`${server.origin}/packaged_content`, { id: video.id, ...key }, headers);
    expect([answer.status, (await answer.json()).input_content_id]).toEqual([202, video.id]);
  });

  it('a token of nobody is refused, also by an open address', async () => {
    const headers = { Authorization: 'Bearer something' };
    expect((await fetch(`${server.origin}/api/session`, { headers })).status).toBe(401);
  });

  it('a token gets no scope that its user does not have', async () => {
    const editor = await newUser(server, 'editor', 'editor');
    const answer = await postJson(
      `${server.origin}/api/tokens`,
      { name: 'x', scopes: ['user.manage'] },
      editor,
    );
    expect(await answer.json()).toMatchObject({ code: 'scopes-invalid', field: 'scopes' });
  });

  it('an upload belongs to who began it', async () => {
    const [ann, bob] = [await newUser(server, 'ann', 'editor'), await newUser(server, 'bob', 'editor')];
    const tus = { 'Tus-Resumable': '1.0.0' };
    const begun = await fetch(`${server.origin}/api/uploads`, {
      method: 'POST',
      headers: {
        ...ann,
        ...tus,
        'Upload-Length': '9',
        'Upload-Metadata': `filename ${btoa('a.mp4')},owner ${btoa('x')}`,
      },
    });
    expect(begun.status).toBe(201);
    const address = server.origin + begun.headers.get('location');
    const patch = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': '0' };
    for (const as of [bob, server.root]) {
      for (const method of ['HEAD', 'DELETE'])
        expect((await fetch(address, { method, headers: { ...as, ...tus } })).status).toBe(404);
      const sent = await fetch(address, {
        method: 'PATCH',
        headers: { ...as, ...tus, ...patch },
        body: 'abc',
      });
      expect(sent.status).toBe(404);
    }
    const mine = await fetch(address, {
      method: 'PATCH',
      headers: { ...ann, ...tus, ...patch },
      body: 'abc',
    });
    expect([mine.status, mine.headers.get('upload-offset')]).toEqual([204, '3']);
    expect((await fetch(address, { method: 'DELETE', headers: { ...ann, ...tus } })).status).toBe(204);
  });

  it('what was done is in the audit log', async () => {
    const license = () =>
      postJson(
        server.origin + made.links.license,
        { kids: ['AAAAAAAAAAAAAAAAAAAAAA'], type: 'temporary' },
        server.root,
      );
    await license();
    await fetch(server.origin + made.links.keys, { headers: server.root });
    const log = async (query = '') =>
      (await (await fetch(`${server.origin}/api/audit${query}`, { headers: server.root })).json()).items;
    const [revealed] = await log('?action=keys-reveal');
    expect(revealed).toMatchObject({
      actor: { kind: 'user', name: 'Administrator' },
      ...{ target: `package:${made.id}`, outcome: 'done' },
    });
    expect(revealed.address).toMatch(/127\.0\.0\.1|::1/);
    await expect(signIn(server, 'root@example.org', 'not this password')).rejects.toThrow('422');
    expect((await log('?action=sign-in')).map(({ outcome }: { outcome: string }) => outcome)).toContain(
      'refused',
    );
    expect(
      await (await fetch(`${server.origin}/api/audit?action=nothing`, { headers: server.root })).json(),
    ).toMatchObject({
      ...{ code: 'bad-query', field: 'action' },
    });
  });
});
