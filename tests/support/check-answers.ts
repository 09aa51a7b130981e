import { afterEach, expect } from 'vitest';
import { responseListeners } from './browser';
import { faultOf, faultOfPage } from './valid-answers';

/** Set up for the tests of the whole app: every JSON answer that they see must be as the API declares it. */
const faults: string[] = [];
const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const response = await send(input, init);
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return response;
  const { method, url } = new Request(response.url || String(input), { method: init?.method ?? 'GET' });
  const body = await response.clone().text();
  const fault = faultOf({ method, url, status: response.status, type, body });
  if (fault) faults.push(fault);
  return response;
};

const reading = new Set<Promise<unknown>>();

responseListeners.push((response) => {
  const read = faultOfPage(response)
    .then((fault) => fault && faults.push(fault))
    .finally(() => reading.delete(read));
  reading.add(read);
});

afterEach(async () => {
  await Promise.all(reading);
  expect(faults.splice(0)).toEqual([]);
});
