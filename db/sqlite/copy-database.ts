import Database from 'better-sqlite3';

/**
 * Writes a consistent copy of a database, also while others write to it: a single statement reads everything.
 */
export function copyDatabase(file: string, target: string): void {
  const client = new Database(file, { fileMustExist: true, timeout: 10_000 });
  try {
    client.prepare('VACUUM INTO ?').run(target);
  } finally {
    client.close();
  }
}

/** SQLite's report on the integrity of a database file; `ok` when there is no problem. */
export function checkDatabase(file: string): unknown {
  const client = new Database(file, { readonly: true });
  try {
    return client.pragma('integrity_check', { simple: true });
  } finally {
    client.close();
  }
}
