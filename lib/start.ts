import { lockInstance } from '@/db/instance-lock';
import { freeAllLeases } from '@/db/queries/claim-job';
import { type Context, context } from '@/lib/context';
import { isDevelopment } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { setHealth } from '@/lib/health';
import { unreachableWarning } from '@/lib/http/own-hosts';
import { sqliteQueue } from '@/lib/jobs/sqlite-queue';
import { startWorker } from '@/lib/jobs/worker';
import { log, logConsole } from '@/lib/log';
import { startMaintenance } from '@/lib/maintenance/start-maintenance';
import { doJob } from '@/lib/packaging/do-job';
import { endDeadGroups } from '@/lib/processes/end-dead-groups';
import { keepRecords } from '@/lib/processes/group-records';
import { sandbox } from '@/lib/processes/sandbox';
import { exposedPaths } from '@/lib/storage/close-storage';
import { instanceLockFile, prepareFolders } from '@/lib/storage/folders';
import { checkTools } from '@/lib/tools';

/**
 * Starts everything beside the pages: opens the storage, checks the tools, starts the worker. A wrong
 * setting, folder or tool ends the process with one sentence. Until all is started, `/api/health` answers
 * 503.
 */
export async function startCenclave(): Promise<() => Promise<void>> {
  try {
    // Files of this process and its tools are private to their user.
    process.umask(0o077);
    const shared = context();
    if (!isDevelopment) logConsole();
    warnIfUnreachable(shared.settings);
    takeStorage(shared.settings.STORAGE_DIR);
    await endDeadGroups(shared.settings.STORAGE_DIR);
    keepRecords(shared.settings.STORAGE_DIR);
    await prepareFolders(shared.settings.STORAGE_DIR, isShared(shared));
    freeAllLeases(shared.db);
    return await startWorking(shared);
  } catch (error) {
    return endWith(error);
  }
}

function warnIfUnreachable({ HOST, PORT, PUBLIC_URL }: Context['settings']): void {
  const warning = unreachableWarning(HOST, PORT, PUBLIC_URL);
  if (warning) log().warn(warning);
}

/** With nginx in front, nginx reads packages and posters as a member of this process's group. */
const isShared = ({ settings }: Context) => settings.X_ACCEL_PREFIX !== undefined;

/** Two servers on one folder would take each other's unfinished work for that of a dead one. */
function takeStorage(root: string): void {
  if (lockInstance(instanceLockFile(root))) return;
  throw new AppError(
    'storage-in-use',
    `Another Cenclave uses "${root}". Stop it, or set STORAGE_DIR to another folder.`,
  );
}

async function startWorking(shared: Context): Promise<() => Promise<void>> {
  const { kind, warnings: ofSandbox } = await sandbox();
  const warnings = [...exposedPaths(shared.settings.STORAGE_DIR, isShared(shared)), ...ofSandbox];
  for (const warning of warnings) log().warn(warning);
  const tools = await checkTools();
  const queue = sqliteQueue(shared.db);
  const { JOB_CONCURRENCY } = shared.settings;
  const worker = startWorker(
    queue,
    (job, signal) => doJob(job, { ...shared, queue }, signal),
    JOB_CONCURRENCY,
  );
  startMaintenance(shared);
  setHealth({ tools, sandbox: kind, warnings });
  return () => worker.stop();
}

function endWith(error: unknown): never {
  if (error instanceof AppError) process.stderr.write(`${error.message}\n`);
  else log().fatal({ err: error }, 'Cenclave could not start');
  process.exit(1);
}
