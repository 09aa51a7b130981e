import diagnostics from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { freeAllLeases } from '@/db/queries/jobs';
import { context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { setHealth } from '@/lib/health';
import { sqliteQueue } from '@/lib/jobs/sqlite-queue';
import { startWorker } from '@/lib/jobs/worker';
import { log } from '@/lib/log';
import { packageVideo } from '@/lib/packaging/package-video';
import { endAllGroups } from '@/lib/processes/process-groups';
import { prepareFolders } from '@/lib/storage/folders';
import { checkTools } from '@/lib/tools';

/**
 * Starts what serves beside the pages: opens the storage, checks the tools, starts the worker. A setting or a folder
 * that is wrong ends the process with one sentence.
 */
export async function startCenclave(): Promise<void> {
  try {
    allowLongUploads();
    const shared = context();
    await prepareFolders(shared.settings.STORAGE_DIR);
    freeAllLeases(shared.db);
    setHealth({ tools: await checkTools() });
    const queue = sqliteQueue(shared.db);
    const worker = startWorker(queue, (job, signal) => packageVideo(job, { ...shared, queue }, signal));
    endWithProcess(worker.stop);
  } catch (error) {
    endWith(error);
  }
}

/** Node.js ends requests that take over five minutes; a large upload on a slow line takes longer. */
function allowLongUploads(): void {
  diagnostics.subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    server.requestTimeout = 0;
  });
}

/** Next.js closes the server on these signals; the work at hand is given back, and no tool outlives us. */
function endWithProcess(stop: () => Promise<void>): void {
  process.on('exit', endAllGroups);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
}

function endWith(error: unknown): never {
  if (error instanceof AppError) process.stderr.write(`${error.message}\n`);
  else log().fatal({ err: error }, 'Cenclave could not start');
  process.exit(1);
}
