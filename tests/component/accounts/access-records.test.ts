import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { hashSecret } from '@/lib/accounts/secret';
import { recordEvent } from '@/lib/audit/record-event';
import { checkAuditLog } from '@/lib/maintenance/check-audit-log';
import { sampleContext } from '@/tests/harness/sample-context';
import { insertJobs } from '@/tests/harness/sample-database';

const person = {
  name: 'Ann',
  email: 'Ann@Example.org',
  password: 'correct horse battery',
  role: 'editor',
} as const;
const inAnHour = () => new Date(Date.now() + 3_600_000);
const anHourAgo = () => new Date(Date.now() - 3_600_000);

describe('users', () => {
  it('are found by their e-mail address in any case, and there is one of each', async () => {
    const { accounts, access } = sampleContext();
    expect(await access.hasUsers()).toBe(false);
    const id = await accounts.createUser(person);
    expect(await access.findUserByEmail('ANN@example.ORG')).toMatchObject({
      id,
      hasPassword: true,
      role: 'editor',
    });
    expect([await access.hasUsers(), await access.hasAdministrator()]).toEqual([true, false]);
    await expect(accounts.createUser({ ...person, email: 'ann@example.org' })).rejects.toMatchObject({
      ...{ code: 'email-taken', field: 'email' },
    });
    const invited = await accounts.createUser({ ...person, email: 'b@example.org', password: null });
    expect(await access.findUser(invited)).toMatchObject({ hasPassword: false });
  });

  it('leave an administrator', async () => {
    const { accounts, access } = sampleContext();
    const first = await accounts.createUser({ ...person, role: 'administrator' });
    expect(await access.changeRole(first, 'viewer')).toBe(false);
    expect(await access.removeUser(first)).toBe(false);
    const second = await accounts.createUser({ ...person, email: 'b@example.org' });
    expect(await access.changeRole(second, 'administrator')).toBe(true);
    expect(await access.removeUser(first)).toBe(true);
    expect(await access.changeRole(second, 'viewer')).toBe(false);
    expect((await access.listUsers()).map(({ id, role }) => [id, role])).toEqual([[second, 'administrator']]);
  });

  it('are removed with what is theirs, but not their videos', async () => {
    const { accounts, access, ledger, db } = sampleContext();
    await accounts.createUser({ ...person, email: 'root@example.org', role: 'administrator' });
    const id = await accounts.createUser(person);
    insertJobs(db, 1);
    db.run(sql`update videos set owner_id = ${id}`);
    await access.addToken({ ...newToken(id), expiresAt: null });
    await access.addInvitation({ userId: id, tokenHash: 'i', expiresAt: inAnHour() });
    expect(await access.removeUser(id)).toBe(true);
    expect((await ledger.listVideos({ limit: 9 })).map(({ ownerId }) => ownerId)).toEqual([null]);
    expect(await access.findToken('t')).toBeUndefined();
    expect(await access.findInvitation('i')).toBeUndefined();
  });
});

const newToken = (userId: string) => ({
  ...{ userId, name: 'curl', tokenHash: 't', scopes: ['play' as const], createdAt: new Date() },
});

it('a token has the role of its user, and ends', async () => {
  const { accounts, access } = sampleContext();
  const id = await accounts.createUser(person);
  const { id: tokenId } = await access.addToken({ ...newToken(id), expiresAt: inAnHour() });
  expect(await access.findToken('t')).toMatchObject({ role: 'editor', scopes: ['play'], lastUsedAt: null });
  await access.recordTokenUse(tokenId);
  expect((await access.findToken('t'))?.lastUsedAt).toBeInstanceOf(Date);
  await access.addToken({ ...newToken(id), tokenHash: 'old', expiresAt: anHourAgo() });
  expect(await access.findToken('old')).toBeUndefined();
  expect(await access.removeToken(tokenId)).toBe(true);
  expect(await access.removeToken(tokenId)).toBe(false);
  expect((await access.listTokens(id)).map(({ tokenHash }) => tokenHash)).toEqual(['old']);
  expect(await access.listTokens('another')).toEqual([]);
});

it('an invitation is used once, and a new one replaces it', async () => {
  const { accounts, access } = sampleContext();
  const userId = await accounts.createUser(person);
  await access.addInvitation({ userId, tokenHash: 'one', expiresAt: inAnHour() });
  await access.addInvitation({ userId, tokenHash: 'two', expiresAt: inAnHour() });
  expect(await access.findInvitation('one')).toBeUndefined();
  expect(await access.findInvitation('two')).toMatchObject({ id: userId });
  expect([await access.takeInvitation('two'), await access.takeInvitation('two')]).toEqual([true, false]);
  await access.addInvitation({ userId, tokenHash: 'late', expiresAt: anHourAgo() });
  expect(await access.findInvitation('late')).toBeUndefined();
});

it('a share link leads to its package, counts views, ends, and goes with the package', async () => {
  const { access, ledger, db } = sampleContext();
  const [packageId = 0] = insertJobs(db, 1);
  const link = { packageId, name: '', password: null, allowsDownload: false, createdAt: new Date() };
  const { id } = await access.addShare({ ...link, tokenHash: hashSecret('a'), expiresAt: null });
  await access.addShare({ ...link, tokenHash: 'old', expiresAt: anHourAgo() });
  await access.countView(id);
  expect(await access.findShare(hashSecret('a'))).toMatchObject({ packageId, videoId: 1, views: 1 });
  expect(await access.findShare('old')).toBeUndefined();
  expect(await access.listShares(packageId)).toHaveLength(2);
  await ledger.removePackage(packageId);
  expect(await access.findShareById(id)).toBeUndefined();
});

describe('the audit log', () => {
  const withEvents = async (count: number) => {
    const context = sampleContext();
    for (let i = 0; i < count; i += 1) await recordEvent(context, 'video-delete', { target: `video:${i}` });
    const problems = async () => {
      const found: string[] = [];
      for await (const { what } of checkAuditLog(context)) found.push(what);
      return found;
    };
    return { ...context, problems };
  };

  it('is whole as it was written, and lists the newest first', async () => {
    const { access, problems } = await withEvents(3);
    expect(await problems()).toEqual([]);
    expect((await access.listEvents({ limit: 2 })).map(({ id }) => id)).toEqual([3, 2]);
    expect((await access.listEvents({ limit: 2, before: 2 })).map(({ id }) => id)).toEqual([1]);
    expect(await access.listEvents({ limit: 2, action: 'setup' })).toEqual([]);
  });

  it.each([
    [
      'a change',
      sql`update audit_events set target = 'video:9' where id = 2`,
      ['Event 2 of the audit log, or the one before it, was changed.'],
    ],
    [
      'another time',
      sql`update audit_events set at = at + 1 where id = 3`,
      ['Event 3 of the audit log, or the one before it, was changed.'],
    ],
    [
      'a removed event',
      sql`delete from audit_events where id = 2`,
      ['The events 2 to 2 of the audit log are missing.'],
    ],
    [
      'a removed beginning',
      sql`delete from audit_events where id < 3`,
      ['The events 1 to 2 of the audit log are missing.'],
    ],
    [
      'a removed end',
      sql`delete from audit_events where id > 1`,
      ['The events 2 to 3 of the audit log are missing.'],
    ],
  ])('shows %s', async (_, change, expected) => {
    const { db, problems } = await withEvents(3);
    db.run(change);
    expect(await problems()).toEqual(expected);
  });

  it('shows that an event was put in', async () => {
    const { db, problems } = await withEvents(2);
    db.run(
      sql`insert into audit_events (at, actor_kind, action, outcome, hash) select at, actor_kind, action, outcome, hash from audit_events where id = 2`,
    );
    expect(await problems()).toEqual(['Event 3 of the audit log, or the one before it, was changed.']);
  });

  it('has nothing of an open server, where nobody is known', async () => {
    const context = sampleContext();
    await recordEvent({ ...context, principal: { kind: 'everybody' } }, 'video-delete');
    expect(await context.access.listEvents({ limit: 1 })).toEqual([]);
  });
});
