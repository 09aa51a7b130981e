import { lockInstance } from '@/db/instance-lock';
import { freeAllLeases } from '@/db/queries/claim-job';
import type { App } from '@/lib/app';
import { isDevelopment } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { unreachableWarning } from '@/lib/http/own-hosts';
import { sqliteQueue } from '@/lib/jobs/sqlite-queue';
import { startWorker } from '@/lib/jobs/worker';
import { log, logConsole } from '@/lib/log';
import { startMaintenance } from '@/lib/maintenance/start-maintenance';
import { doJob } from '@/lib/packaging/do-job';
import { endDeadGroups } from '@/lib/processes/end-dead-groups';
import { exposedPaths } from '@/lib/storage/close-storage';
import { instanceLockFile, prepareFolders } from '@/lib/storage/folders';
import { checkTools } from '@/lib/tools';

/**
 * Starts everything beside the pages: takes the storage, checks the tools, starts the worker. Returns
 * how to stop the worker.
 * @throws AppError when a folder or tool is wrong
 */
export async function startCenclave(app: App): Promise<() => Promise<void>> {
  if (!isDevelopment) logConsole();
  warnIfUnreachable(app.settings);
  takeStorage(app.settings.STORAGE_DIR);
  await endDeadGroups(app.settings.STORAGE_DIR);
  app.tools.groups.keepRecords(app.settings.STORAGE_DIR);
  await prepareFolders(app.settings.STORAGE_DIR, isShared(app));
  freeAllLeases(app.db);
  return startWorking(app);
}

function warnIfUnreachable({ HOST, PORT, PUBLIC_URL }: App['settings']): void {
  const warning = unreachableWarning(HOST, PORT, PUBLIC_URL);
  if (warning) log().warn(warning);
}

/** With nginx in front, nginx reads packages and posters as a member of this process's group. */
const isShared = ({ settings }: App) => settings.X_ACCEL_PREFIX !== undefined;

/** Two servers on one folder would take each other's unfinished work for that of a dead one. */
function takeStorage(root: string): void {
  if (lockInstance(instanceLockFile(root))) return;
  throw new AppError(
    'storage-in-use',
    `Another Cenclave uses "${root}". Stop it, or set STORAGE_DIR to another folder.`,
  );
}

async function startWorking(app: App): Promise<() => Promise<void>> {
  const { kind, warnings: ofSandbox } = await app.tools.sandbox();
  const warnings = [...exposedPaths(app.settings.STORAGE_DIR, isShared(app)), ...ofSandbox];
  for (const warning of warnings) log().warn(warning);
  const versions = await checkTools(app.tools);
  const queue = sqliteQueue(app.db, app.events);
  const { JOB_CONCURRENCY } = app.settings;
  const worker = startWorker(queue, (job, signal) => doJob(job, { ...app, queue }, signal), JOB_CONCURRENCY);
  startMaintenance(app);
  Object.assign(app.health, { tools: versions, sandbox: kind, warnings });
  return () => worker.stop();
}

/** Ends the process: a wrong setting, folder or tool is reported in one sentence. */
export function endWith(error: unknown): never {
  if (error instanceof AppError) process.stderr.write(`${error.message}\n`);
  else log().fatal({ err: error }, 'Cenclave could not start');
  process.exit(1);
}
