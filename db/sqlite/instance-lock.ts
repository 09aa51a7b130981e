import Database from 'better-sqlite3';

/**
 * Locks a file for this process alone; returns how to unlock it, or null when another process has it. The
 * lock is SQLite's, so the operating system frees it however the process ends.
 */
export function takeLock(file: string): (() => void) | null {
  const client = new Database(file, { timeout: 0 });
  const close = () => client.close();
  try {
    client.pragma('locking_mode = EXCLUSIVE');
    client.exec('BEGIN EXCLUSIVE');
    // The listener keeps the handle, and with it the lock, as long as the process lives.
    process.once('exit', close);
    return () => {
      process.off('exit', close);
      close();
    };
  } catch (error) {
    client.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return null;
    throw error;
  }
}
