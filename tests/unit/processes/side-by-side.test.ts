import { expect, it } from 'vitest';
import { sideBySide, type Task } from '@/lib/processes/side-by-side';

const never = new AbortController().signal;
/** Work that goes on until it is ended, and tells that it was. */
const untilEnded =
  (ended: string[]): Task<never> =>
  (signal) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        ended.push('ended');
        reject(signal.reason);
      });
    });
const fails = async () => {
  throw new Error('first');
};

it('gives what both come to', async () => {
  expect(
    await sideBySide(
      never,
      async () => 1,
      async () => 'a',
    ),
  ).toEqual([1, 'a']);
});

it.each([
  ['the first', (other: Task<never>) => sideBySide(never, fails, other)],
  ['the second', (other: Task<never>) => sideBySide(never, other, fails)],
])('ends the other when %s fails, and tells the failure', async (_, run) => {
  const ended: string[] = [];
  await expect(run(untilEnded(ended))).rejects.toThrow('first');
  expect(ended).toEqual(['ended']);
});

it('ends both when it is told to', async () => {
  const stop = new AbortController();
  const ended: string[] = [];
  const running = sideBySide(stop.signal, untilEnded(ended), untilEnded(ended));
  stop.abort(new Error('stop'));
  await expect(running).rejects.toThrow('stop');
  expect(ended).toEqual(['ended', 'ended']);
});
