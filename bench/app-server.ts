import { mkdtemp, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '@/scripts/process/start-child.mjs';
import { serverCommand } from '@/scripts/server/server-command.mjs';
import { freePort } from './free-port';

export interface AppServer {
  origin: string;
  storage: string;
  pid: number;
  /** Ends it, and removes its storage folder. */
  stop(): Promise<void>;
}

/** Starts the built app as `npm start` does, with its own storage folder, or one that was prepared for it. */
export async function startAppServer(
  folder: string,
  settings: Record<string, string> = {},
  storage?: string,
): Promise<AppServer> {
  const own = storage ?? (await mkdtemp(`${folder}/storage-`));
  const port = await freePort();
  const { args, env } = serverCommand({ port, host: '127.0.0.1' });
  const { child, end } = startChild([process.execPath, ...args], {
    env: { ...process.env, ...env, STORAGE_DIR: own, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const origin = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${origin}/api/health`).catch(() => null))?.ok) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}: ${output}`);
    await sleep(50);
  }
  return {
    origin,
    storage: own,
    pid: child.pid ?? 0,
    async stop() {
      await end(15_000);
      await rm(own, { recursive: true, force: true });
    },
  };
}
