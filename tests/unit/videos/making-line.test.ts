import { expect, it, onTestFinished, vi } from 'vitest';
import { MakingLine } from '@/lib/videos/making-line';

const stands = 1000;
const line = () => new MakingLine<string>(stands, 2);
const made = () => vi.fn(async () => 'made');
const failed = () => vi.fn(() => Promise.reject(new Error('no picture')));

it('makes one at a time, in the order in which they were asked for', async () => {
  const told: string[] = [];
  const making = line();
  const work = (name: string) => async () => {
    told.push(`begin ${name}`);
    await Promise.resolve();
    told.push(`end ${name}`);
    return name;
  };
  expect(await Promise.all(['a', 'b'].map((name) => making.make(name, work(name))))).toEqual(['a', 'b']);
  expect(told).toEqual(['begin a', 'end a', 'begin b', 'end b']);
});

it('makes once what many ask for at the same time', async () => {
  const making = line();
  const work = made();
  const asked = Array.from({ length: 100 }, () => making.make('a', work));
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['made']));
  expect(work).toHaveBeenCalledOnce();
  await making.make('a', work);
  expect(work).toHaveBeenCalledTimes(2);
});

it('tells a failure again without another try, for a while', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const making = line();
  const work = failed();
  for (let i = 0; i < 100; i += 1) await expect(making.make('a', work)).rejects.toThrow('no picture');
  expect(work).toHaveBeenCalledOnce();
  expect(await making.make('b', made())).toBe('made');
  vi.advanceTimersByTime(stands - 1);
  await expect(making.make('a', work)).rejects.toThrow();
  expect(work).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1);
  expect(await making.make('a', made())).toBe('made');
});

it('remembers so many failures, the latest', async () => {
  const making = line();
  for (const key of ['a', 'b', 'c']) await expect(making.make(key, failed())).rejects.toThrow();
  const again = { a: made(), b: made(), c: made() };
  await expect(making.make('c', again.c)).rejects.toThrow();
  await expect(making.make('b', again.b)).rejects.toThrow();
  expect(await making.make('a', again.a)).toBe('made');
});
