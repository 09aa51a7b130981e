import path from 'node:path';
import { settings } from '@/lib/base/env';
import { backupDatabase } from '@/lib/maintenance/backup-database';
import { databaseFile } from '@/lib/storage/folders';
import { runMain } from './run-main.mjs';
import { loadEnvFile } from './setup/read-settings.mjs';

// Only the user can access what this script writes.
process.umask(0o077);

/** `npm run backup -- FILE`: a consistent copy of the database, while the server goes on. */
await runMain(
  async (root) => {
    const [target] = process.argv.slice(2);
    if (!target) {
      console.error('Name the file to write: npm run backup -- FILE');
      return 2;
    }
    loadEnvFile(root);
    const file = path.resolve(process.env.INIT_CWD ?? root, target);
    await backupDatabase(databaseFile(settings().STORAGE_DIR), file);
    console.log(
      `The database is in ${file}. Videos, packages and the master key are copied apart: see docs/reliability.md.`,
    );
    return 0;
  },
  { exitCodeWhenStopped: 1 },
);
