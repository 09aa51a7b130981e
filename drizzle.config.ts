import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate` writes a forward-only migration from db/sqlite/schema.ts. */
export default defineConfig({ dialect: 'sqlite', schema: './db/sqlite/schema.ts', out: './db/migrations' });
