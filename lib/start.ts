import diagnostics from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { lockInstance } from '@/db/instance-lock';
import { freeAllLeases } from '@/db/queries/claim-job';
import { type Context, context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { setHealth } from '@/lib/health';
import { sqliteQueue } from '@/lib/jobs/sqlite-queue';
import { startWorker } from '@/lib/jobs/worker';
import { log } from '@/lib/log';
import { doJob } from '@/lib/packaging/do-job';
import { endAllGroups } from '@/lib/processes/process-groups';
import { sandbox } from '@/lib/processes/sandbox';
import { instanceLockFile, prepareFolders } from '@/lib/storage/folders';
import { checkTools } from '@/lib/tools';
import { removeExpiredUploads } from '@/lib/uploads/remove-expired-uploads';

/**
 * Starts what serves beside the pages: opens the storage, checks the tools, starts the worker. A setting, a folder or a
 * tool that is wrong ends the process with one sentence. Until it has worked, `/api/health` answers 503.
 */
export async function startCenclave(): Promise<void> {
  try {
    allowLongUploads();
    const shared = context();
    takeStorage(shared.settings.STORAGE_DIR);
    await prepareFolders(shared.settings.STORAGE_DIR);
    await removeExpiredUploads(shared.settings.STORAGE_DIR);
    freeAllLeases(shared.db);
    startWorking(shared).catch(endWith);
  } catch (error) {
    endWith(error);
  }
}

/** Two servers on one folder would take each other's unfinished work for that of a dead one. */
function takeStorage(root: string): void {
  if (lockInstance(instanceLockFile(root))) return;
  throw new AppError(
    'storage-in-use',
    `Another Cenclave uses "${root}". Stop it, or set STORAGE_DIR to another folder.`,
  );
}

async function startWorking(shared: Context): Promise<void> {
  const { kind, warnings } = await sandbox();
  for (const warning of warnings) log().warn(warning);
  const tools = await checkTools();
  const queue = sqliteQueue(shared.db);
  const { JOB_CONCURRENCY } = shared.settings;
  const worker = startWorker(
    queue,
    (job, signal) => doJob(job, { ...shared, queue }, signal),
    JOB_CONCURRENCY,
  );
  endWithProcess(worker.stop);
  setHealth({ tools, sandbox: kind, warnings });
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
