// @ts-check
import { get } from 'node:http';

// Long enough for the app to migrate its database: Next holds requests until then.
const answerMilliseconds = 10_000;

/**
 * Requests the health page once. (With plain http, because `fetch` takes longer to load than the whole start
 * should last.)
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<{ status: number, reason: string }>} status 0 when there was no answer
 */
export function readHealth(url, signal) {
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
