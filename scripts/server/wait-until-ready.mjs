// @ts-check
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMilliseconds = 50;
const patienceMilliseconds = 15_000;
// Long enough for the app to migrate its database: Next holds requests until then.
const answerMilliseconds = 10_000;

const everyAddress = new Set(['0.0.0.0', '::']);
const thisMachine = new Set([...everyAddress, '127.0.0.1', '::1', 'localhost']);

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

/**
 * Requests the health page once. (With plain http, because `fetch` takes longer to load than the whole start
 * should last.)
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<{ status: number, reason: string }>} status 0 when there was no answer
 */
function readHealth(url, signal) {
  return new Promise((resolve) => {
    const noAnswer = () => resolve({ status: 0, reason: '' });
    // The server answers to this name, whatever address it listens on.
    const headers = { Host: `localhost:${new URL(url).port || 80}` };
    const options = { agent: false, headers, signal, timeout: answerMilliseconds };
    const request = get(url, options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, reason: reasonOf(body) }));
      response.on('error', noAnswer);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', noAnswer);
  });
}

/**
 * The `reason` of a health answer.
 * @param {string} body
 */
export function reasonOf(body) {
  try {
    const { reason } = JSON.parse(body);
    if (typeof reason === 'string') return reason;
  } catch {
    // Not JSON: there is no reason in it.
  }
  return 'its health page gives no reason.';
}

/**
 * The address to open in a browser: `localhost` where it leads here, since encrypted media plays only there
 * or over HTTPS.
 * @param {string} host
 * @param {number} port
 */
export function pageUrl(host, port) {
  return `http://${thisMachine.has(host) ? 'localhost' : inUrl(host)}:${port}`;
}

/**
 * The address at which this process reaches the server.
 * @param {string} host
 * @param {number} port
 */
export function pollUrl(host, port) {
  if (!everyAddress.has(host)) return `http://${inUrl(host)}:${port}`;
  return host === '::' ? `http://[::1]:${port}` : `http://127.0.0.1:${port}`;
}

/** An IPv6 address stands in brackets (RFC 3986, 3.2.2). */
const inUrl = (/** @type {string} */ host) => (host.includes(':') ? `[${host}]` : host);
