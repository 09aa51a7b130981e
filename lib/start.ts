import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { constants } from 'node:os';
import { lockInstance } from '@/db/instance-lock';
import { freeAllLeases } from '@/db/queries/claim-job';
import { type Context, context } from '@/lib/context';
import { isDevelopment } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { setHealth } from '@/lib/health';
import { answerScripts } from '@/lib/http/answer-scripts';
import { answerBeforeNext } from '@/lib/http/before-next';
import { endSilentConnection } from '@/lib/http/end-silent-connections';
import { guardServer } from '@/lib/http/guard-server';
import { rememberNodeResponse } from '@/lib/http/node-exchange';
import { unreachableWarning } from '@/lib/http/own-hosts';
import { setSecurityHeaders } from '@/lib/http/security-headers';
import { sqliteQueue } from '@/lib/jobs/sqlite-queue';
import { startWorker } from '@/lib/jobs/worker';
import { log, logConsole } from '@/lib/log';
import { startMaintenance } from '@/lib/maintenance/start-maintenance';
import { answerMedia, mediaPath } from '@/lib/packages/answer-media';
import { doJob } from '@/lib/packaging/do-job';
import { endDeadGroups } from '@/lib/processes/end-dead-groups';
import { keepRecords } from '@/lib/processes/group-records';
import { endAllGroups } from '@/lib/processes/process-groups';
import { sandbox } from '@/lib/processes/sandbox';
import { exposedPaths } from '@/lib/storage/close-storage';
import { instanceLockFile, prepareFolders } from '@/lib/storage/folders';
import { checkTools } from '@/lib/tools';

/** Service managers and containers kill a process 10 to 90 seconds after they asked it to end. */
const longestEndMilliseconds = 9000;

/**
 * Starts everything beside the pages: opens the storage, checks the tools, starts the worker. A wrong
 * setting, folder or tool ends the process with one sentence. Until all is started, `/api/health` answers
 * 503.
 */
export async function startCenclave(): Promise<void> {
  try {
    // Files of this process and its tools are private to their user.
    process.umask(0o077);
    const shared = context();
    watchRequests(shared.settings);
    if (!isDevelopment) logConsole();
    warnIfUnreachable(shared.settings);
    takeStorage(shared.settings.STORAGE_DIR);
    await endDeadGroups(shared.settings.STORAGE_DIR);
    keepRecords(shared.settings.STORAGE_DIR);
    await prepareFolders(shared.settings.STORAGE_DIR, isShared(shared));
    freeAllLeases(shared.db);
    startWorking(shared).catch(endWith);
  } catch (error) {
    endWith(error);
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

async function startWorking(shared: Context): Promise<void> {
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
  endWithProcess(worker.stop);
  startMaintenance(shared);
  setHealth({ tools, sandbox: kind, warnings });
}

interface Exchange {
  server: Server;
  request: IncomingMessage;
  response: ServerResponse;
}

const watched = new WeakSet<Server>();

/** Longer than proxies keep an idle connection: nginx and the balancers of clouds keep one for 60 s. */
const keepAliveMilliseconds = 75_000;

/**
 * By default, Node.js ends requests that take over five minutes, which a large upload on a slow line exceeds:
 * here, only silent ones are ended. It also ends a connection that is idle for five seconds, and loses what a
 * proxy sends on it at that moment. Large bodies pass through Node's own request and response. The guard runs
 * before all other listeners.
 */
function watchRequests({ PUBLIC_URL, TRUSTED_PROXIES }: Context['settings']): void {
  // Until now, scripts/server/hold-requests.mjs answers.
  Object.assign(globalThis, { [Symbol.for('cenclave.guarded')]: true });
  diagnostics.subscribe('http.server.request.start', (message) => {
    const { server, request, response } = message as Exchange;
    rememberNodeResponse(response);
    endSilentConnection(request, response);
    setSecurityHeaders(response);
    if (watched.has(server)) return;
    watched.add(server);
    server.requestTimeout = 0;
    server.keepAliveTimeout = keepAliveMilliseconds;
    answerBeforeNext(server, mediaPath, (head, [mediaId = '', ...names]) =>
      answerMedia(context(), head, mediaId, names),
    );
    answerScripts(server);
    const trustedProxies = TRUSTED_PROXIES;
    guardServer(server, { publicOrigin: PUBLIC_URL, trustedProxies, isDevelopment });
  });
}

/**
 * On these signals, running jobs are returned first, and only then is Next.js notified: it ends the process
 * once its own requests are over, without waiting for anything else. Long requests, such as a video being
 * downloaded, are cut off.
 */
function endWithProcess(stop: () => Promise<void>): void {
  process.on('exit', endAllGroups);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const listeners = process.listeners(signal);
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      setTimeout(() => process.exit(128 + constants.signals[signal]), longestEndMilliseconds).unref();
      await stop();
      for (const listener of listeners) listener(signal);
    });
  }
}

function endWith(error: unknown): never {
  if (error instanceof AppError) process.stderr.write(`${error.message}\n`);
  else log().fatal({ err: error }, 'Cenclave could not start');
  process.exit(1);
}
