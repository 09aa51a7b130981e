import type { Response as PageResponse } from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { responseListeners } from './browser';
import { type Answer, answerCheck } from './valid-answers';

/** Set up for the tests of the whole app: every JSON answer that they see must be as the API declares it. */
const seen: Answer[] = [];
const send = globalThis.fetch;
let check: ReturnType<typeof answerCheck> | undefined;

/** Keeps an answer, and requests the document, which all servers share, of the first that has started. */
async function note(answer: Answer): Promise<void> {
  seen.push(answer);
  if (check || answer.status !== 200) return;
  const document = await send(new URL('/api/openapi.json', answer.url));
  if (document.ok) check = answerCheck(await document.json());
}

globalThis.fetch = async (input, init) => {
  const response = await send(input, init);
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return response;
  const { method, url } = new Request(response.url || String(input), { method: init?.method ?? 'GET' });
  await note({ method, url, status: response.status, type, body: await response.clone().text() });
  return response;
};

const reading = new Set<Promise<unknown>>();

async function notePage(response: PageResponse): Promise<void> {
  const type = response.headers()['content-type'] ?? '';
  if (!type.includes('json')) return;
  const body = await response.text().catch(() => null); // the page has been closed, or left
  const method = response.request().method();
  if (body !== null) await note({ method, url: response.url(), status: response.status(), type, body });
}

responseListeners.push((response) => {
  const read = notePage(response).finally(() => reading.delete(read));
  reading.add(read);
});

afterEach(async () => {
  await Promise.all(reading);
  const answers = seen.splice(0);
  if (answers.length === 0) return;
  if (!check) throw new Error('No server answered with its OpenAPI document.');
  expect(answers.map(check).filter((fault) => fault !== null)).toEqual([]);
});
