import { takeLock } from '@/db/sqlite/instance-lock';
import type { App } from '@/lib/app/app';
import { isDevelopment } from '@/lib/base/env';
import { AppError } from '@/lib/base/errors';
import { log, logConsole } from '@/lib/base/log';
import { unreachableWarning } from '@/lib/http/own-hosts';
import { startWorker } from '@/lib/jobs/worker';
import { startMaintenance } from '@/lib/maintenance/start-maintenance';
import { doJob } from '@/lib/packaging/workflows/do-job';
import { endDeadGroups } from '@/lib/processes/end-dead-groups';
import { exposedPaths } from '@/lib/storage/close-storage';
import { instanceLockFile, prepareFolders } from '@/lib/storage/folders';
import { prepareAccess } from '@/lib/users/prepare-access';
import { checkTools } from './check-tools';
import { endDeadInstances, type Instance, openInstance } from './instance';

/** How often a process looks for others that died. */
const deadMilliseconds = 5000;

/**
 * Starts everything of the server beside the pages: takes the storage, checks the tools, starts the worker.
 * Returns how to stop the worker.
 * @throws AppError when a folder or tool is wrong
 */
export async function startServer(app: App): Promise<() => Promise<void>> {
  if (!isDevelopment) logConsole();
  warnIfUnreachable(app.settings);
  takeStorage(app.settings.STORAGE_DIR);
  // Older Cenclave versions recorded the tools of the server here.
  await endDeadGroups(app.settings.STORAGE_DIR);
  await prepareFolders(app.settings.STORAGE_DIR, isShared(app));
  const stop = await startWorking(app);
  startMaintenance(app);
  await prepareAccess(app);
  return stop;
}

/**
 * Starts a worker in a process of its own, beside the server of the same storage folder. Returns how to stop
 * it.
 * @throws AppError when a tool is wrong
 */
export async function startWorkerProcess(app: App): Promise<() => Promise<void>> {
  logConsole();
  return startWorking(app);
}

function warnIfUnreachable({ HOST, PORT, PUBLIC_URL }: App['settings']): void {
  const warning = unreachableWarning(HOST, PORT, PUBLIC_URL);
  if (warning) log().warn(warning);
}

/** With nginx in front, nginx reads packages and posters as a member of this process's group. */
const isShared = ({ settings }: App) => settings.X_ACCEL_PREFIX !== undefined;

/** Two servers on one folder would each receive uploads where the other one empties. */
function takeStorage(root: string): void {
  if (takeLock(instanceLockFile(root))) return;
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
  const instance = openInstance(app);
  await endDeadInstances(app, instance);
  const endDead = () =>
    endDeadInstances(app, instance).catch((err: unknown) =>
      log().error({ err }, 'What a dead process left could not be ended; it is tried again'),
    );
  setInterval(endDead, deadMilliseconds).unref();
  Object.assign(app.health, { tools: versions, sandbox: kind, warnings });
  return startJobs(app, instance);
}

function startJobs(app: App, { name: holder, workspace }: Instance): () => Promise<void> {
  const { store, ledger, queue, masterKey, ladder, tools, reservations, settings } = app;
  const means = { store, ledger, queue, masterKey, ladder, tools, reservations, workspace };
  const worker = startWorker(queue, (job, signal) => doJob(job, means, signal), {
    holder,
    concurrency: settings.JOB_CONCURRENCY,
  });
  return () => worker.stop();
}

/** Ends the process: a wrong setting, folder or tool is reported in one sentence. */
export function endWith(error: unknown): never {
  if (error instanceof AppError) process.stderr.write(`${error.message}\n`);
  else log().fatal({ err: error }, 'Cenclave could not start');
  process.exit(1);
}
