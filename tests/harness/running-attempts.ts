import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { databaseFile } from '@/lib/storage/folders';

/** An attempt at a job, whose worker may have died. */
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

/** The attempts that a server is working on. */
export const runningAttempts = (storage: string) =>
  read(
    storage,
    (db) => db.prepare('SELECT id, attempt FROM jobs WHERE lease_expires_at IS NOT NULL').all() as Attempt[],
  );

/** Waits until the next server has taken up the job of each attempt, or the job has ended. */
export async function untilTakenUp(storage: string, left: Attempt[], timeoutMs: number): Promise<void> {
  const stillLeft = () =>
    read(storage, (db) => {
      const query = db.prepare('SELECT id, attempt FROM jobs WHERE id = ? AND attempt <= ?');
      return left.flatMap(({ id, attempt }) => query.all(id, attempt));
    });
  await expect.poll(stillLeft, { timeout: timeoutMs, interval: 20 }).toEqual([]);
}
