import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverCommand } from '@/scripts/server/server-command.mjs';
import { makeFolder } from './temp-folder';

export interface AppServer {
  origin: string;
  storage: string;
  port: number;
  pid: number;
  /** All that it printed so far. */
  output(): string;
  /** Ends it, and removes its storage folder. */
  stop(): Promise<void>;
  /** Ends it as a crash does: its storage folder stays as it is. */
  kill(): Promise<void>;
}

/**
 * Settings for tests that need a package, but not a ladder: a copied source of up to 720p is all of it,
 * another is encoded once, quickly.
 */
export const oneRung = { LADDER_FILE: path.join(import.meta.dirname, '../fixtures/one-rung.json') };

/**
 * Starts the built app, as `npm start` does, on a free port with its own storage folder; or on the port
 * and the folder of an earlier server, to continue its work.
 */
export async function startAppServer(
  settings: Record<string, string> = {},
  at: { storage?: string; port?: number } = {},
): Promise<AppServer> {
  const port = at.port ?? (await freePort());
  const storage = at.storage ?? makeFolder();
  const { args, env } = serverCommand({ port, host: '127.0.0.1' });
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env, STORAGE_DIR: storage, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const origin = `http://localhost:${port}`;
  await untilHealthy(origin, child, () => output);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return {
    origin,
    storage,
    port,
    pid: child.pid ?? 0,
    output: () => output,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      rmSync(storage, { recursive: true, force: true });
    },
  };
}

async function untilHealthy(origin: string, child: ChildProcess, output: () => string): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${origin}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}: ${output()}`);
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}
