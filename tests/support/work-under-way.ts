import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { databaseFile } from '@/lib/storage/folders';

/** An attempt at a job, of a worker that lives or died. */
interface Attempt {
  id: number;
  attempt: number;
}

function read<T>(storage: string, query: (db: Database.Database) => T): T {
  const db = new Database(databaseFile(storage), { readonly: true });
  try {
    return query(db);
  } finally {
    db.close();
  }
}

/** The work that a server has in hand. */
export const workUnderWay = (storage: string) =>
  read(
    storage,
    (db) => db.prepare('SELECT id, attempt FROM jobs WHERE lease_expires_at IS NOT NULL').all() as Attempt[],
  );

/** Waits until each was taken up again by the next server, or has come to its end; no longer than is promised. */
export async function untilTakenUp(storage: string, left: Attempt[], timeoutMs: number): Promise<void> {
  const stillLies = () =>
    read(storage, (db) => {
      const of = db.prepare('SELECT id, attempt FROM jobs WHERE id = ? AND attempt <= ?');
      return left.flatMap(({ id, attempt }) => of.all(id, attempt));
    });
  await expect.poll(stillLies, { timeout: timeoutMs, interval: 20 }).toEqual([]);
}
