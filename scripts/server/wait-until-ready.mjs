// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import { readHealth } from './read-health.mjs';
import { pageUrl, pollUrl } from './server-url.mjs';

const pollMilliseconds = 50;
const patienceMilliseconds = 15_000;

/**
 * Polls the server's health until it is ready, then prints the address of Cenclave; if that takes long,
 * prints the reason once.
 * @param {{ port: number, host: string, publicUrl?: string, signal: AbortSignal }} options `signal` ends the
 *   waiting
 * @returns {Promise<boolean>} whether the server was ready before the signal
 */
export async function waitUntilReady({ port, host, publicUrl, signal }) {
  const url = `${pollUrl(host, port)}/api/health`;
  const impatientAt = Date.now() + patienceMilliseconds;
  let isReported = false;
  while (!signal.aborted) {
    const health = await readHealth(url, signal);
    if (health.status === 200) {
      console.log(`Cenclave is ready: ${publicUrl || pageUrl(host, port)}`);
      return true;
    }
    if (!isReported && health.status === 503 && Date.now() > impatientAt) {
      console.error(`Cenclave is not ready yet: ${health.reason}`);
      isReported = true;
    }
    await sleep(pollMilliseconds);
  }
  return false;
}
