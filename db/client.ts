import path from 'node:path';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import * as schema from './schema';

export type Db = BetterSQLite3Database<typeof schema> & { $client: Database.Database };

/**
 * Opens a database file (or `:memory:`) and brings it to the newest schema. WAL lets readers continue beside
 * a writer; synchronous FULL keeps an acknowledged commit through a power loss.
 */
export function openDatabase(file: string): Db {
  const client = new Database(file);
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('busy_timeout = 10000');
  client.pragma('foreign_keys = ON');
  const db = drizzle(client, { schema });
  migrateAlone(db);
  return db;
}

const mostMigrations = 3;

/** Migrates a database. Another process may do so at this moment; what it has done is not done again. */
function migrateAlone(db: Db): void {
  for (let tries = 1; ; tries += 1) {
    try {
      migrate(db, { migrationsFolder: path.resolve('db/migrations') });
      return;
    } catch (error) {
      if (tries === mostMigrations) throw error;
    }
  }
}
