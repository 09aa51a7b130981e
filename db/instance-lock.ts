import Database from 'better-sqlite3';

/**
 * Locks a file for this process alone; returns false when another process has it. The lock is SQLite's, so
 * the operating system frees it however the process ends.
 */
export function lockInstance(file: string): boolean {
  const client = new Database(file, { timeout: 0 });
  try {
    client.pragma('locking_mode = EXCLUSIVE');
    client.exec('BEGIN EXCLUSIVE');
    // The listener keeps the handle, and with it the lock, as long as the process lives.
    process.once('exit', () => client.close());
    return true;
  } catch (error) {
    client.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
