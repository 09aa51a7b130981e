import path from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '@/db/sqlite/client';
import { insertJobs, sampleDatabase, stored } from '@/tests/harness/sample-database';
import { tempFolder } from '@/tests/harness/temp-folder';

// A commit that was acknowledged must outlive a loss of power, and a row must not outlive what it belongs to.
it.each([
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['busy_timeout', 10_000],
])('opens a database with %s = %s', (pragma, value) => {
  expect(sampleDatabase().$client.pragma(pragma, { simple: true })).toBe(value);
});

it('reopens a database with its rows', () => {
  const file = path.join(tempFolder(), 'cenclave.db');
  const first = openDatabase(file);
  const [id = 0] = insertJobs(first, 1);
  const before = stored(first, id);
  first.$client.close();
  const second = openDatabase(file);
  expect(stored(second, id)).toEqual(before);
  second.$client.close();
});
