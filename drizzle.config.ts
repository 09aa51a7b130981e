import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate` writes a forward-only migration from these tables. */
export default defineConfig({
  dialect: 'sqlite',
  schema: ['./db/sqlite/schema.ts', './db/sqlite/account-tables.ts'],
  out: './db/migrations',
});
