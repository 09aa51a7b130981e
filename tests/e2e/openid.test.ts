import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../harness/app-server';
import { makeFolder } from '../harness/make-folder';
import { Agent, clientId, clientSecret, startOpenIdProvider } from '../harness/openid-provider';
import { newUser, type ProtectedServer, startProtectedServer } from '../harness/people';

let server: ProtectedServer;
let provider: Awaited<ReturnType<typeof startOpenIdProvider>>;
beforeAll(async () => {
  const [port, providerPort] = [await freePort(), await freePort()];
  provider = await startOpenIdProvider(providerPort, `http://localhost:${port}/api/session/openid/callback`);
  const file = path.join(makeFolder(), 'secret');
  writeFileSync(file, `${clientSecret}\n`);
  server = await startProtectedServer(
    { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET_FILE: file },
    { port },
  );
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
});

const signIn = async (returnTo = '') => {
  const agent = new Agent();
  const query = returnTo && `?returnTo=${encodeURIComponent(returnTo)}`;
  const { urls } = await agent.follow(`${server.origin}/api/session/openid${query}`);
  const headers = { Cookie: agent.cookiesFor(server.origin) };
  const me = await (await fetch(`${server.origin}/api/session`, { headers })).json();
  return { urls, me, end: urls.at(-1), headers };
};

it('a person comes in with the role of the claim, each time anew', async () => {
  provider.is('ann-1', { email: 'ann@example.org', name: 'Ann', cenclave_role: ['staff', 'editor'] });
  const first = await signIn('/api/packages?limit=1');
  expect(first.end).toBe(`${server.origin}/api/packages?limit=1`);
  expect(first.me).toMatchObject({ kind: 'user', name: 'Ann', role: 'editor' });
  const authorize = new URL(first.urls.find((url) => url.includes('/auth?')) ?? '');
  expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
    ...{ response_type: 'code', code_challenge_method: 'S256', client_id: clientId },
    ...{ nonce: expect.any(String), state: expect.any(String) },
  });
  provider.is('ann-1', { email: 'ann@example.org', name: 'Ann', cenclave_role: 'viewer' });
  const second = await signIn();
  expect(second.me).toMatchObject({ name: 'Ann', role: 'viewer' });
  const { items } = await (await fetch(`${server.origin}/api/users`, { headers: server.root })).json();
  expect(items.filter(({ name }: { name: string }) => name === 'Ann')).toHaveLength(1);
});

it.each([
  ['without a role', 'eve-1', { email: 'eve@example.org', name: 'Eve' }],
  ['with another role', 'eve-1', { email: 'eve@example.org', name: 'Eve', cenclave_role: 'boss' }],
])('nobody comes in %s', async (_, sub, claims) => {
  provider.is(sub, claims);
  const { end, me } = await signIn();
  expect(end).toBe(`${server.origin}/sign-in?error=openid`);
  expect(me.kind).toBe('anonymous');
});

it('who has the e-mail address of another account does not get it', async () => {
  await newUser(server, 'bob', 'editor');
  provider.is('mallory-1', {
    ...{ email: 'bob@example.org', email_verified: true, name: 'Mallory', cenclave_role: 'administrator' },
  });
  const { end, me } = await signIn();
  expect([end, me.kind]).toEqual([`${server.origin}/sign-in?error=openid`, 'anonymous']);
});

it('another subject is another user, also with the same name', async () => {
  provider.is('carl-1', { email: 'carl@example.org', name: 'Carl', cenclave_role: 'viewer' });
  await signIn();
  provider.is('carl-2', { email: 'carl.2@example.org', name: 'Carl', cenclave_role: 'viewer' });
  await signIn();
  const { items } = await (await fetch(`${server.origin}/api/users`, { headers: server.root })).json();
  expect(items.filter(({ name }: { name: string }) => name === 'Carl')).toHaveLength(2);
});

it.each(['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', ''])(
  'nobody is sent to "%s"',
  async (returnTo) => {
    provider.is('ann-1', { email: 'ann@example.org', name: 'Ann', cenclave_role: 'viewer' });
    expect((await signIn(returnTo)).end).toBe(`${server.origin}/`);
  },
);

it('an answer that this browser did not ask for signs nobody in', async () => {
  provider.is('ann-1', { email: 'ann@example.org', name: 'Ann', cenclave_role: 'viewer' });
  const [ann, other] = [new Agent(), new Agent()];
  const started = await fetch(`${server.origin}/api/session/openid`, { redirect: 'manual' });
  expect(started.status).toBe(303);
  // Another browser goes on where this one was sent, and brings the code without the cookie of the start.
  const { urls } = await ann.follow(started.headers.get('location') ?? '');
  expect(urls.at(-1)).toContain('error=openid');
  const code = urls.find((url) => url.includes('/callback?')) ?? '';
  const { answer } = await other.follow(code);
  expect(answer.url).toContain('/sign-in');
  const me = await fetch(`${server.origin}/api/session`, {
    headers: { Cookie: other.cookiesFor(server.origin) },
  });
  expect((await me.json()).kind).toBe('anonymous');
});
