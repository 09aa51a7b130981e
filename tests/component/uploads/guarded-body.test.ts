import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { guardBody } from '@/lib/uploads/guarded-body';

/** A body of pieces of these sizes, which come when it is read. */
function bodyOf(sizes: number[]) {
  const left = [...sizes];
  const body = new Readable({
    highWaterMark: 1,
    read() {
      const size = left.shift();
      this.push(size === undefined ? null : Buffer.alloc(size, 'x'));
    },
  });
  return { body, left };
}

it('passes all bytes on and counts them', async () => {
  const arrived = vi.fn();
  const { stream } = guardBody(bodyOf([5, 7]).body, arrived);
  expect(await new Response(stream).text()).toBe('xxxxxxxxxxxx');
  expect(arrived.mock.calls).toEqual([[5], [7]]);
});

it('passes on nothing of an empty body', async () => {
  const { stream } = guardBody(bodyOf([]).body, () => {});
  expect(await new Response(stream).text()).toBe('');
});

it('reads no further than its reader', async () => {
  const { body, left } = bodyOf(Array.from({ length: 50 }, () => 3));
  const { stream } = guardBody(body, () => {});
  await stream.getReader().read();
  await new Promise(setImmediate);
  expect(left.length).toBeGreaterThan(40);
});

it('drops the rest when the reader has enough', async () => {
  const { body, left } = bodyOf([1, 2, 3, 4, 5, 6]);
  const { stream, discardRest } = guardBody(body, () => {});
  const ended = once(body, 'end');
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  discardRest();
  await ended;
  expect(left).toEqual([]);
});

it('drops a body that nobody began to read', async () => {
  const { body, left } = bodyOf([1, 2, 3]);
  const ended = once(body, 'end');
  guardBody(body, () => {}).discardRest();
  await ended;
  expect(left).toEqual([]);
});

it('fails when the client disconnects', async () => {
  const { body } = bodyOf([1, 2, 3]);
  const { stream, discardRest } = guardBody(body, () => {});
  const read = new Response(stream).text();
  body.destroy(new Error('aborted'));
  await expect(read).rejects.toThrow('aborted');
  discardRest();
});

it('fails when the connection breaks in the middle of a request', async () => {
  const server = createServer();
  const heard = once(server, 'request').then(([incoming]) =>
    new Response(guardBody(incoming, () => {}).stream).text(),
  );
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const client = request({ port, method: 'PATCH', headers: { 'Content-Length': 10 } }).on('error', () => {});
  client.write('half', () => setTimeout(() => client.destroy(), 50));
  await expect(heard).rejects.toThrow('aborted');
});
