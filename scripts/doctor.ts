import { takeLock } from '@/db/sqlite/instance-lock';
import { createApp } from '@/lib/app/app';
import { settings } from '@/lib/base/env';
import { checkStorage } from '@/lib/maintenance/check';
import { repair } from '@/lib/maintenance/repair';
import { instanceLockFile } from '@/lib/storage/folders';
import { hasInstances } from '@/server/instance';
import { runMain } from './run-main.mjs';
import { loadEnvFile } from './setup/read-settings.mjs';

const hourMilliseconds = 3_600_000;

// Only the user can access what this script writes.
process.umask(0o077);

/**
 * `npm run doctor [-- --fix]`: compares disk and database, reports what is wrong, and repairs what it can.
 */
await runMain(
  async (root) => {
    loadEnvFile(root);
    const isFixing = process.argv.includes('--fix');
    const app = createApp(settings());
    const { STORAGE_DIR } = app.settings;
    console.log(`Reading every file of ${STORAGE_DIR} …`);
    // Beside a running server, a file stored in the last hour may be about to get its row.
    const isAlone = takeLock(instanceLockFile(STORAGE_DIR)) !== null && !hasInstances(STORAGE_DIR);
    const before = new Date(Date.now() - (isAlone ? 0 : hourMilliseconds));
    let [found, left] = [0, 0];
    for await (const finding of checkStorage(app, before)) {
      found += 1;
      console.log(`- ${finding.what}`);
      const done = isFixing ? await repair(app, finding, before) : null;
      if (done) console.log(`  ${done}`);
      else left += 1;
    }
    console.log(summary(found, left, isFixing));
    return left === 0 ? 0 : 1;
  },
  { exitCodeWhenStopped: 1 },
);

function summary(found: number, left: number, isFixing: boolean): string {
  if (found === 0) return 'All is well.';
  if (!isFixing) return `${found} found. "npm run doctor -- --fix" repairs what it can.`;
  return left === 0 ? `${found} found, all repaired.` : `${found} found; ${left} not repaired: see above.`;
}
