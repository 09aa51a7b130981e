import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Sends half a body, waits for `between`, and sends the rest. */
export async function uploadInTwo(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: Uint8Array,
  between: () => Promise<void>,
): Promise<Answer> {
  const sent = request(url, { method, headers: { ...headers, 'Content-Length': body.length } });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  const half = Math.floor(body.length / 2);
  sent.write(body.subarray(0, half));
  await between();
  sent.end(body.subarray(half));
  const [answer] = await answered;
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk;
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: text };
}

/** Waits until a condition holds. */
export async function until(isSo: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('The condition did not hold in time.');
    await sleep(2);
  }
}
