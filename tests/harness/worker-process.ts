import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AppServer } from './app-server';

export interface WorkerProcess {
  /** Ends it, and resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a worker beside a server, as `npm run worker` does, and resolves when it is ready. */
export async function startWorkerProcess(
  { storage }: AppServer,
  settings: Record<string, string> = {},
): Promise<WorkerProcess> {
  const env = { ...process.env, JOB_CONCURRENCY: '1', ...settings, STORAGE_DIR: storage, LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/worker.ts'], {
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let output = '';
  const isReady = new Promise<void>((resolve, reject) => {
    // Read to the end: a worker whose output nobody takes would stop at its next line.
    child.stderr.on('data', (chunk) => {
      output += chunk;
      if (output.includes('The worker is ready')) resolve();
    });
    child.once('exit', () => reject(new Error(`The worker ended: ${output}`)));
  });
  await isReady;
  return {
    async end(signal) {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
