import type { App } from '@/lib/app/app';
import { log } from '@/lib/base/log';
import { removeExpiredUploads } from '@/lib/uploads/remove-expired-uploads';
import { type Swept, sweep } from './sweep';

const dayMilliseconds = 24 * 3_600_000;
/** Every file stored this long ago has its row. */
const settledMilliseconds = 3_600_000;

/**
 * Sweeps at start and then daily. At start, every file that an earlier process stored has its row or never
 * will.
 */
export function startMaintenance(context: App): void {
  const startedAt = new Date();
  const report = (swept: Swept) => {
    if (swept.versions + swept.orphans > 0) log().info(swept, 'Swept old versions and files without a row');
  };
  const sweepAll = async (before: Date) => {
    report(await sweep(context, { before }));
    await removeExpiredUploads(context.settings.STORAGE_DIR);
  };
  const failed = (error: unknown) => log().error({ err: error }, 'The sweep failed; it comes again tomorrow');
  sweepAll(startedAt).catch(failed);
  setInterval(() => {
    sweepAll(new Date(Date.now() - settledMilliseconds)).catch(failed);
  }, dayMilliseconds).unref();
}
