import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '@/scripts/process/start-child.mjs';
import { trust } from './certificate';

export interface WebServer {
  stop(): Promise<void>;
}

const patienceMilliseconds = 20_000;

/**
 * Starts a web server in front of Cenclave, and resolves when Cenclave answers through it.
 * @param signer the certificate that it makes for itself, which `fetch` is to accept
 */
export async function startWebServer(
  argv: readonly string[],
  origin: string,
  env: Record<string, string> = {},
  signer?: string,
): Promise<WebServer> {
  const { child, end } = startChild(argv, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr?.on('data', (text) => (errors += text));
  const until = Date.now() + patienceMilliseconds;
  let last: unknown;
  while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
    if (signer && existsSync(signer)) trust(signer);
    const answer = await fetch(`${origin}/api/health`).catch((error) => (last = error.cause ?? error));
    if (answer?.ok) return { stop: () => end(5000) };
    await sleep(50);
  }
  await end(0);
  throw new Error(`${argv[0]} does not answer (${last}): ${errors}`);
}
