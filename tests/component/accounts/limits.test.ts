import { expect, it, vi } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { hashPassword } from '@/lib/accounts/password';
import { hashSecret } from '@/lib/accounts/secret';
import { clientNetwork } from '@/lib/http/client';
import { openShare } from '@/lib/shares/manage-shares';
import { changePassword } from '@/lib/users/manage-users';
import { signIn } from '@/lib/users/sign-in';
import { sampleContext } from '@/tests/harness/sample-context';
import { insertJobs } from '@/tests/harness/sample-database';

const password = 'correct horse battery';
const email = 'ann@example.org';
const atOnce = 22;

// Each try hashes a password.
vi.setConfig({ testTimeout: 30_000 });

const anonymous = (): Acting => ({ ...sampleContext(), principal: { kind: 'anonymous' } });

/** The codes of many tries at the same time, and how often each occurred. */
async function codesOf(attempt: () => Promise<unknown>): Promise<Record<string, number>> {
  const codes: Record<string, number> = {};
  for (const { code } of await Promise.all(
    Array.from({ length: atOnce }, () =>
      attempt().then(
        () => ({ code: 'done' }),
        (error) => error,
      ),
    ),
  ))
    codes[code] = (codes[code] ?? 0) + 1;
  return codes;
}

it('of many sign-ins at once, no more passwords are tried than one after another', async () => {
  const acting = anonymous();
  await acting.accounts.createUser({ name: 'Ann', email, password, role: 'editor' });
  const attempt = () => signIn(acting, { email, password: 'not this password' }, new Headers());
  expect(await codesOf(attempt)).toEqual({ 'sign-in-failed': 20, 'too-many-requests': 2 });
});

it('of many passwords of a share link at once, 20 are tried, and then not even the right one', async () => {
  const acting = anonymous();
  const [packageId = 0] = insertJobs(acting.db, 1);
  await acting.access.addShare({
    ...{ packageId, name: '', allowsDownload: false, createdAt: new Date(), expiresAt: null },
    ...{ tokenHash: hashSecret('a'), password: await hashPassword('open') },
  });
  const open = (given: string) => openShare(acting, 'a', given, '');
  expect(await codesOf(() => open('guess'))).toEqual({ 'share-password-wrong': 20, 'too-many-requests': 2 });
  await expect(open('open')).rejects.toMatchObject({ code: 'too-many-requests' });
});

it('of many current passwords at once, 20 are tried', async () => {
  const context = sampleContext();
  const userId = await context.accounts.createUser({ name: 'Ann', email, password, role: 'editor' });
  const cookies = await context.accounts.signIn(email, password, new Headers());
  const headers = new Headers({ cookie: cookies.map((line) => line.split(';', 1)[0]).join('; ') });
  const person = { name: 'Ann', role: 'editor', sessionId: 's', signedInAt: new Date() } as const;
  const acting: Acting = { ...context, principal: { kind: 'user', userId, ...person, grants: [] } };
  const wish = { currentPassword: 'not this password', newPassword: 'another good password' };
  expect(await codesOf(() => changePassword(acting, wish, headers))).toEqual({
    ...{ 'password-wrong': 20, 'too-many-requests': 2 },
  });
});

it('an account that others try to guess stays open from where its user has signed in', async () => {
  const acting = anonymous();
  await acting.accounts.createUser({ name: 'Ann', email, password, role: 'editor' });
  for (let i = 0; i < 50; i += 1) await acting.limits.failuresByAccount.take(email);
  const enter = () => signIn(acting, { email, password }, new Headers());
  await expect(enter()).rejects.toMatchObject({ code: 'too-many-requests' });
  acting.limits.knownAddresses.add(email, clientNetwork());
  expect(await enter()).toHaveLength(1);
});
