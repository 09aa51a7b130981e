import Database from 'better-sqlite3';

/** Writes a copy of a database that is of one moment, however much is written meanwhile: one statement reads it all. */
export function copyDatabase(file: string, target: string): void {
  const client = new Database(file, { fileMustExist: true, timeout: 10_000 });
  try {
    client.prepare('VACUUM INTO ?').run(target);
  } finally {
    client.close();
  }
}

/** What SQLite says of the soundness of a database file; `ok` when all is well. */
export function checkDatabase(file: string): unknown {
  const client = new Database(file, { readonly: true });
  try {
    return client.pragma('integrity_check', { simple: true });
  } finally {
    client.close();
  }
}
