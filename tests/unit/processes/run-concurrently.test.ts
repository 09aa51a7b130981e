import { expect, it } from 'vitest';
import { runConcurrently, type Task } from '@/lib/processes/run-concurrently';

const never = new AbortController().signal;
/** A task that runs until it is aborted, and records that it was. */
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

it('returns the results of both', async () => {
  expect(
    await runConcurrently(
      never,
      async () => 1,
      async () => 'a',
    ),
  ).toEqual([1, 'a']);
});

it.each([
  ['the first', (other: Task<never>) => runConcurrently(never, fails, other)],
  ['the second', (other: Task<never>) => runConcurrently(never, other, fails)],
])('ends the other when %s fails, and throws the failure', async (_, run) => {
  const ended: string[] = [];
  await expect(run(untilEnded(ended))).rejects.toThrow('first');
  expect(ended).toEqual(['ended']);
});

it('ends both when it is aborted', async () => {
  const stop = new AbortController();
  const ended: string[] = [];
  const running = runConcurrently(stop.signal, untilEnded(ended), untilEnded(ended));
  stop.abort(new Error('stop'));
  await expect(running).rejects.toThrow('stop');
  expect(ended).toEqual(['ended', 'ended']);
});
