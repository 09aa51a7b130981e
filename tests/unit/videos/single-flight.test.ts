import { expect, it, onTestFinished, vi } from 'vitest';
import { SingleFlight } from '@/lib/processes/single-flight';

const rememberMs = 1000;
const singleFlight = () => new SingleFlight<string>(rememberMs, 2);
const made = () => vi.fn(async () => 'made');
const failed = () => vi.fn(() => Promise.reject(new Error('no poster')));

it('makes one at a time, in the order of requests', async () => {
  const steps: string[] = [];
  const flights = singleFlight();
  const work = (name: string) => async () => {
    steps.push(`begin ${name}`);
    await Promise.resolve();
    steps.push(`end ${name}`);
    return name;
  };
  expect(await Promise.all(['a', 'b'].map((name) => flights.make(name, work(name))))).toEqual(['a', 'b']);
  expect(steps).toEqual(['begin a', 'end a', 'begin b', 'end b']);
});

it('makes a value once for many requests at the same time', async () => {
  const flights = singleFlight();
  const work = made();
  const asked = Array.from({ length: 100 }, () => flights.make('a', work));
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['made']));
  expect(work).toHaveBeenCalledOnce();
  await flights.make('a', work);
  expect(work).toHaveBeenCalledTimes(2);
});

it('repeats a failure without another try, for a while', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const flights = singleFlight();
  const work = failed();
  for (let i = 0; i < 100; i += 1) await expect(flights.make('a', work)).rejects.toThrow('no poster');
  expect(work).toHaveBeenCalledOnce();
  expect(await flights.make('b', made())).toBe('made');
  vi.advanceTimersByTime(rememberMs - 1);
  await expect(flights.make('a', work)).rejects.toThrow();
  expect(work).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1);
  expect(await flights.make('a', made())).toBe('made');
});

it('remembers a limited number of failures, the latest', async () => {
  const flights = singleFlight();
  for (const key of ['a', 'b', 'c']) await expect(flights.make(key, failed())).rejects.toThrow();
  const again = { a: made(), b: made(), c: made() };
  await expect(flights.make('c', again.c)).rejects.toThrow();
  await expect(flights.make('b', again.b)).rejects.toThrow();
  expect(await flights.make('a', again.a)).toBe('made');
});
