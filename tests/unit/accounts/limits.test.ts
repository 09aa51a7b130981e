import { expect, it } from 'vitest';
import { newLimits } from '@/lib/accounts/limits';

const fail = () => Promise.reject(new Error('wrong'));
const succeed = async () => 'right';

it('failures count, and successes do not', async () => {
  const { guesses } = newLimits();
  for (let i = 0; i < 30; i += 1) expect(await guesses.attempt('a', succeed)).toBe('right');
  for (let i = 0; i < 20; i += 1) await expect(guesses.attempt('a', fail)).rejects.toThrow('wrong');
  await expect(guesses.attempt('a', succeed)).rejects.toMatchObject({ code: 'too-many-requests' });
  expect(await guesses.attempt('b', succeed)).toBe('right');
});

it('of many at once, no more begin than are allowed one after another', async () => {
  const { failuresByAddress } = newLimits();
  let begun = 0;
  const attempt = () =>
    failuresByAddress.attempt('a', async () => {
      begun += 1;
      await new Promise(setImmediate);
      return fail();
    });
  await Promise.allSettled(Array.from({ length: 100 }, attempt));
  expect(begun).toBe(20);
});

it('of many at once that succeed, none is refused', async () => {
  const { guesses } = newLimits();
  const enter = () => guesses.attempt('a', () => new Promise<string>((done) => setImmediate(done, 'right')));
  expect(new Set(await Promise.all(Array.from({ length: 100 }, enter)))).toEqual(new Set(['right']));
});
