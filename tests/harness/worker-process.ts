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
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.includes('The worker is ready')) break;
  }
  if (!output.includes('The worker is ready')) throw new Error(`The worker ended: ${output}`);
  return {
    async end(signal) {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
