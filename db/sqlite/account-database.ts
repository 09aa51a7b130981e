import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { accounts, sessions, users, verifications } from './account-tables';
import type { Db } from './client';

/** The database as better-auth sees it. */
export const accountDatabase = (db: Db) =>
  drizzleAdapter(db, {
    provider: 'sqlite',
    schema: { user: users, session: sessions, account: accounts, verification: verifications },
  });
