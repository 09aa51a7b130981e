import type { Context } from '@/lib/context';
import { log } from '@/lib/log';
import { removeExpiredUploads } from '@/lib/uploads/remove-expired-uploads';
import { type Swept, sweep } from './sweep';

const dayMilliseconds = 24 * 3_600_000;
/** Whatever was put this long ago has its row. */
const settledMilliseconds = 3_600_000;

/** Sweeps at start and then daily. At start, all that an earlier process put has its row or never will. */
export function startUpkeep(context: Context): void {
  const startedAt = new Date();
  const tell = (swept: Swept) => {
    if (swept.versions + swept.orphans > 0) log().info(swept, 'Swept old versions and files without a row');
  };
  const sweepAll = async (before: Date) => {
    tell(await sweep(context, { before }));
    await removeExpiredUploads(context.settings.STORAGE_DIR);
  };
  const failed = (error: unknown) => log().error({ err: error }, 'The sweep failed; it comes again tomorrow');
  sweepAll(startedAt).catch(failed);
  setInterval(() => {
    sweepAll(new Date(Date.now() - settledMilliseconds)).catch(failed);
  }, dayMilliseconds).unref();
}
