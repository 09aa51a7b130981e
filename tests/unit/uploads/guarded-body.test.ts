import { expect, it, vi } from 'vitest';
import { guardBody } from '@/lib/uploads/guarded-body';

/** A body that comes in chunks when it is read. */
function bodyOf(chunks: number[], canceled = vi.fn()) {
  const left = [...chunks];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = left.shift();
      if (size === undefined) controller.close();
      else controller.enqueue(new Uint8Array(size));
    },
    cancel: canceled,
  });
  return { body, canceled, left };
}

it('hands all bytes on and counts them', async () => {
  const arrived = vi.fn();
  const { stream } = guardBody(bodyOf([5, 7]).body, arrived);
  expect((await new Response(stream).arrayBuffer()).byteLength).toBe(12);
  expect(arrived.mock.calls).toEqual([[5], [7]]);
});

it('does not cancel a body of which the reader has enough, and drops the rest', async () => {
  const { body, canceled, left } = bodyOf([1, 2, 3, 4, 5, 6]);
  const { stream, discardRest } = guardBody(body, () => {});
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel();
  await discardRest();
  expect(left).toEqual([]);
  expect(canceled).not.toHaveBeenCalled();
});

it('passes on that the client went away', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error('aborted'));
    },
  });
  const { stream, discardRest } = guardBody(body, () => {});
  await expect(new Response(stream).arrayBuffer()).rejects.toThrow('aborted');
  await discardRest();
});
