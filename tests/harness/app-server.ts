import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '@/scripts/process/start-child.mjs';
import { serverCommand } from '@/scripts/server/server-command.mjs';
import { makeFolder } from './make-folder';

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

const longestEndMilliseconds = 15_000;

/** Where a server runs: on the port and in the folder of an earlier one, or on new ones. */
interface Place {
  storage?: string;
  port?: number;
  /** Where a new storage folder is made. */
  within?: string;
  /** In its address; `localhost` by default, which clients may look up for each connection. */
  host?: string;
}

/** Starts the built app, as `npm start` does, on a port and a storage folder of its own. */
export async function startAppServer(
  settings: Record<string, string> = {},
  { storage: given, port: wanted, within, host = 'localhost' }: Place = {},
): Promise<AppServer> {
  const port = wanted ?? (await freePort());
  const storage = given ?? makeFolder(within);
  const { args, env } = serverCommand({ port, host: '127.0.0.1' });
  const { child, end } = startChild([process.execPath, ...args], {
    env: { ...process.env, ...env, STORAGE_DIR: storage, LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const origin = `http://${host}:${port}`;
  await untilHealthy(origin, child, () => output);
  return {
    origin,
    storage,
    port,
    pid: child.pid ?? 0,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
    async stop() {
      await end(longestEndMilliseconds);
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
