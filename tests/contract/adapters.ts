import { sqliteLedger } from '@/db/sqlite/ledger';
import { sqliteQueue } from '@/db/sqlite/queue';
import { JobEvents } from '@/lib/jobs/job-events';
import type { JobQueue } from '@/lib/jobs/queue';
import type { Ledger } from '@/lib/ledger/ledger';
import { sampleDatabase } from '@/tests/harness/sample-database';
import { memoryLedger } from './memory-ledger';
import { memoryQueue } from './memory-queue';
import { MemoryTables } from './memory-tables';

/** A ledger and the queue beside it. */
export interface Adapter {
  ledger: Ledger;
  queue: JobQueue;
}

/** Opens an empty ledger with its queue, for one test. */
export type OpenAdapter = () => Adapter;

function openSqlite(): Adapter {
  const db = sampleDatabase();
  const events = new JobEvents();
  return { ledger: sqliteLedger(db, events), queue: sqliteQueue(db, events) };
}

function openMemory(): Adapter {
  const tables = new MemoryTables();
  return { ledger: memoryLedger(tables), queue: memoryQueue(tables) };
}

/** Each ledger with its queue, by name. */
export const adapters: [string, OpenAdapter][] = [
  ['in SQLite', openSqlite],
  ['in memory', openMemory],
];
