import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate` writes a forward-only migration from db/schema.ts. */
export default defineConfig({ dialect: 'sqlite', schema: './db/schema.ts', out: './db/migrations' });
