import { createHook } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Accounts, SetCookies } from '@/lib/accounts/accounts';
import { sampleContext } from '@/tests/harness/sample-context';

const password = 'correct horse battery';
const email = 'ann@example.org';
const day = 24 * 60 * 60 * 1000;

const asBrowser = (cookies: SetCookies) =>
  new Headers({ cookie: cookies.map((line) => line.split(';', 1)[0]).join('; ') });

/** A context with a user, who is signed in. */
async function withSession() {
  const context = sampleContext();
  const { accounts } = context;
  const id = await accounts.createUser({ name: 'Ann', email, password, role: 'editor' });
  const browser = asBrowser(await accounts.signIn(email, password, new Headers()));
  expect(await isSignedIn(accounts, browser)).toBe(true);
  return { ...context, id, browser };
}

async function isSignedIn(accounts: Accounts, browser: Headers): Promise<boolean> {
  return (await accounts.userOf(browser, false)) !== null;
}

/** How many passwords are hashed while something runs. */
async function countHashes(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init(_, type) {
      if (/argon2/i.test(type)) count += 1;
    },
  });
  hook.enable();
  await work();
  hook.disable();
  return count;
}

describe('a session', () => {
  it('is new for each sign-in, and that of the same browser before it ends', async () => {
    const { accounts, browser } = await withSession();
    const elsewhere = asBrowser(await accounts.signIn(email, password, new Headers()));
    const again = asBrowser(await accounts.signIn(email, password, browser));
    expect(again.get('cookie')).not.toBe(browser.get('cookie'));
    expect(await isSignedIn(accounts, browser)).toBe(false);
    expect(await isSignedIn(accounts, again)).toBe(true);
    expect(await isSignedIn(accounts, elsewhere)).toBe(true);
  });

  it('stays when another sign-in in its browser fails', async () => {
    const { accounts, browser } = await withSession();
    await expect(accounts.signIn(email, 'not this password', browser)).rejects.toThrow();
    expect(await isSignedIn(accounts, browser)).toBe(true);
  });

  it('is worth nothing without the signature of its cookie', async () => {
    const { accounts, browser } = await withSession();
    const cookie = browser.get('cookie') ?? '';
    const token = cookie.slice(0, cookie.lastIndexOf('.'));
    for (const forged of [token, `${token}.${'A'.repeat(43)}%3D`])
      expect(await isSignedIn(accounts, new Headers({ cookie: forged }))).toBe(false);
  });

  it.each([
    ['90 days after its beginning, however often it is used', 91 * day, 7 * day],
    ['at its end, which each use moves by two weeks', 20 * day, -1],
  ])('ends %s', async (_, age, left) => {
    const { accounts, db, browser } = await withSession();
    db.run(
      sql`update sessions set created_at = ${Date.now() - age}, updated_at = ${Date.now()},
          expires_at = ${Date.now() + left}`,
    );
    accounts.forget();
    expect(await isSignedIn(accounts, browser)).toBe(false);
  });

  it('lasts two weeks from its last use', async () => {
    const { accounts, db, browser } = await withSession();
    const ends = () => db.get<{ at: number }>(sql`select expires_at as at from sessions`)?.at ?? 0;
    expect(Math.abs(ends() - Date.now() - 14 * day)).toBeLessThan(day / 24);
    db.run(sql`update sessions set expires_at = ${Date.now() + day}, updated_at = ${Date.now() - 13 * day}`);
    await accounts.userOf(browser, true);
    expect(Math.abs(ends() - Date.now() - 14 * day)).toBeLessThan(day / 24);
  });

  it('that is looked up while it ends is not remembered', async () => {
    const { accounts, browser } = await withSession();
    accounts.forget();
    const looks = () => Array.from({ length: 5 }, () => isSignedIn(accounts, browser));
    await Promise.all([...looks(), accounts.signOut(browser), ...looks()]);
    expect(await isSignedIn(accounts, browser)).toBe(false);
  });

  it('ends by another password, also that of the browser that changed it', async () => {
    const { accounts, browser } = await withSession();
    const changed = asBrowser(await accounts.changePassword(browser, password, 'another good password'));
    expect([await isSignedIn(accounts, browser), await isSignedIn(accounts, changed)]).toEqual([false, true]);
  });

  it('ends with its user', async () => {
    const { accounts, access, db, id, browser } = await withSession();
    await accounts.createUser({ name: 'Root', email: 'root@example.org', password, role: 'administrator' });
    await access.removeUser(id);
    accounts.forget();
    expect(await isSignedIn(accounts, browser)).toBe(false);
    expect(db.all(sql`select * from sessions`)).toEqual([]);
  });
});

it('a failed sign-in hashes once, whether the user, the password, or both are wrong', async () => {
  const { accounts } = await withSession();
  await accounts.createUser({ name: 'New', email: 'new@example.org', password: null, role: 'viewer' });
  for (const [who, given] of [
    [email, 'not this password'],
    ['new@example.org', 'not this password'],
    ['nobody@example.org', 'not this password'],
  ] as const) {
    const attempt = () => accounts.signIn(who, given, new Headers()).catch((error: unknown) => error);
    expect([who, await countHashes(attempt)]).toEqual([who, 1]);
  }
});

it('a password is stored as an Argon2id hash alone', async () => {
  const { db } = await withSession();
  const rows = db.all<{ password: string }>(sql`select password from accounts`);
  expect(rows).toEqual([{ password: expect.stringMatching(/^\$argon2id\$/) }]);
});
