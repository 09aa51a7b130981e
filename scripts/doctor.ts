import { lockInstance } from '@/db/instance-lock';
import { openContext } from '@/lib/context';
import { settings } from '@/lib/env';
import { instanceLockFile } from '@/lib/storage/folders';
import { examine } from '@/lib/upkeep/examine';
import { mend } from '@/lib/upkeep/mend';
import { runMain } from './run-main.mjs';
import { loadEnvFile } from './setup/read-settings.mjs';

const hourMilliseconds = 3_600_000;

// What it writes is its user's alone.
process.umask(0o077);

/** `npm run doctor [-- --fix]`: compares disk and database, tells what is wrong, and mends what can be mended. */
await runMain(
  async (root) => {
    loadEnvFile(root);
    const isFixing = process.argv.includes('--fix');
    const context = openContext(settings());
    const { STORAGE_DIR } = context.settings;
    console.log(`Reading every file of ${STORAGE_DIR} …`);
    // Beside a running server, what was put in the last hour may be about to get its row.
    const isAlone = lockInstance(instanceLockFile(STORAGE_DIR));
    const before = new Date(Date.now() - (isAlone ? 0 : hourMilliseconds));
    let [found, left] = [0, 0];
    for await (const finding of examine(context, before)) {
      found += 1;
      console.log(`- ${finding.what}`);
      const done = isFixing ? await mend(context, finding, before) : null;
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
  if (!isFixing) return `${found} found. "npm run doctor -- --fix" mends what can be mended.`;
  return left === 0 ? `${found} found, all mended.` : `${found} found; ${left} only a person can mend.`;
}
