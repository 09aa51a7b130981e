import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Db, openDatabase } from '@/db/sqlite/client';
import { sqliteQueue } from '@/db/sqlite/queue';
import { insertJobs, sampleDatabase, stored } from '@/tests/harness/sample-database';

/** Two servers' connections to one database with waiting jobs. The second fails where it would wait. */
function openTwice(count: number) {
  const db = sampleDatabase();
  const ids = insertJobs(db, count);
  const other = openDatabase(db.$client.name);
  onTestFinished(() => void other.$client.close());
  other.$client.pragma('busy_timeout = 0');
  return { db, ids, first: sqliteQueue(db), second: sqliteQueue(other) };
}

/** Runs `act` in the middle of a claim: after the job is chosen, and before the claim is written. */
function beforeFirstUpdate<T>({ $client }: Db, act: () => T): () => T | undefined {
  const prepare = $client.prepare.bind($client);
  let came: T | undefined;
  let isFirst = true;
  vi.spyOn($client, 'prepare').mockImplementation((sql: string) => {
    if (isFirst && /^update/i.test(sql)) {
      isFirst = false;
      came = act();
    }
    return prepare(sql);
  });
  return () => came;
}

describe('a claim in the middle of another', () => {
  it('has to wait, and each job is claimed once', async () => {
    const { db, ids, first, second } = openTwice(2);
    const came = beforeFirstUpdate(db, () => second.claim('b').catch((error) => error));
    expect(await first.claim('a')).toMatchObject({ packageId: ids[0], attempt: 1 });
    expect(await came()).toMatchObject({ code: 'SQLITE_BUSY' });
    expect(await second.claim('b')).toMatchObject({ packageId: ids[1], attempt: 1 });
    expect([await first.claim('a'), await second.claim('b')]).toEqual([null, null]);
  });

  it('of the only job gets nothing', async () => {
    const { db, ids, first, second } = openTwice(1);
    const came = beforeFirstUpdate(db, () => second.claim('b').catch((error) => error));
    await first.claim('a');
    expect(await came()).toMatchObject({ code: 'SQLITE_BUSY' });
    expect(await second.claim('b')).toBeNull();
    expect(stored(db, ids[0] ?? 0).job).toMatchObject({ attempt: 1, failures: 0 });
  });
});
