import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { contentKeys, jobs, versions } from '@/db/sqlite/schema';
import { isDiskFull } from '@/lib/storage/disk-full';
import { newKey, openPublished } from '@/tests/harness/published-package';
import { sampleVersion } from '@/tests/harness/sample-database';

// What tests/contract cannot see: a full disk, rows by older versions, and damage.

const download = { folder: 'download-2', sizeBytes: 7 };

describe('a full disk', () => {
  it('rolls a publication back, which can be repeated once there is room', async () => {
    const { db, ledger, packageId, claim, see } = await openPublished();
    await ledger.request(packageId, { kind: 'rekey' }, { newKeys: [newKey] });
    const job = await claim();
    const before = see();
    const long = { ...sampleVersion(2), notCarried: Array.from({ length: 500 }, (_, i) => `stream ${i}`) };
    db.$client.pragma(`max_page_count = ${db.$client.pragma('page_count', { simple: true })}`);
    const error = await ledger.publish(job, { version: long, download }).catch((thrown) => thrown);
    expect(isDiskFull(error)).toBe(true);
    expect(see()).toEqual(before);
    db.$client.pragma('max_page_count = 100000');
    expect(await ledger.publish(job, { version: long, download })).toBe(true);
    expect(see().package).toMatchObject({ currentVersion: 2, downloadFolder: 'download-2' });
  });
});

it('a publication whose last write fails changes nothing', async () => {
  const { db, ledger, packageId, claim, see } = await openPublished();
  await ledger.request(packageId, { kind: 'rekey' }, { newKeys: [newKey] });
  const job = await claim();
  const before = see();
  db.$client.exec("CREATE TRIGGER broken BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'broken'); END");
  const publication = { version: sampleVersion(2), download, last: { removes: null } };
  await expect(ledger.publish(job, publication)).rejects.toThrow('broken');
  expect(see()).toEqual(before);
});

describe('rows by an older Cenclave', () => {
  it('jobs without a holder are freed', async () => {
    const { db, ledger, queue, packageId, claim } = await openPublished();
    await ledger.request(packageId, { kind: 'rekey' });
    const job = await claim();
    db.update(jobs).set({ holder: null }).run();
    await queue.releaseDead(['test']);
    expect(await claim()).toMatchObject({ id: job.id, attempt: 2 });
  });

  it('older keys without a last version are retired once only the served version is left', async () => {
    const { db, ledger, queue, packageId, claim, keys, see } = await openPublished();
    for (const number of [2, 3]) {
      await ledger.request(
        packageId,
        { kind: 'rekey' },
        { newKeys: [{ ...newKey, kidHex: `kid-${number}` }] },
      );
      const job = await claim();
      await ledger.publish(job, { version: sampleVersion(number) });
      await queue.complete(job);
    }
    db.update(contentKeys).set({ lastVersion: null }).run();
    const drop = async (number: number) => {
      const found = see().versions.find((version) => version.number === number);
      await ledger.removeVersion(found?.id ?? 0);
      await ledger.retireKeys();
    };
    await drop(1);
    expect(keys()).toEqual(['kid-0 older', 'kid-2 older', 'kid-3 used']);
    await drop(2);
    expect(keys()).toEqual(['kid-0 retired', 'kid-2 retired', 'kid-3 used']);
  });
});

describe('damage', () => {
  it('a package that lost its job is stuck', async () => {
    const { db, ledger, packageId } = await openPublished();
    await ledger.request(packageId, { kind: 'rekey' });
    db.delete(jobs).run();
    expect(await ledger.stuckPackages()).toEqual([packageId]);
  });

  it('a row whose package is gone is reported', async () => {
    const { db, ledger } = await openPublished();
    db.$client.pragma('foreign_keys = OFF');
    db.update(versions).set({ packageId: 99 }).where(eq(versions.number, 1)).run();
    expect(await ledger.integrityProblems()).toEqual(['A row of versions points at a row that is gone.']);
  });
});
