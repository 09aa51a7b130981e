import { expect, it } from 'vitest';
import { Throughput } from '@/app/_features/player/throughput';

const rateOf = (sample: { ms: number; bytes: number } | null) => sample && (sample.bytes * 8) / sample.ms;

it('one download has its own rate', () => {
  expect(rateOf(new Throughput().add(1000, 200, 50_000))).toBe(2000);
});

it('two downloads at once have the rate of both together', () => {
  const throughput = new Throughput();
  throughput.add(1000, 200, 50_000);
  // Each got half of the line during the same 200 ms.
  throughput.add(1200, 200, 25_000);
  expect(throughput.add(1200, 200, 25_000)).toBeNull();
  expect(rateOf(throughput.add(1400, 200, 25_000))).toBe(2000);
});

it('waits for enough bytes to measure a rate', () => {
  const throughput = new Throughput();
  expect(throughput.add(1000, 500, 1000)).toBeNull();
  expect(throughput.add(1010, 10, 15_000)).toEqual({ ms: 510, bytes: 16_000 });
});

it('pauses between downloads are not counted', () => {
  const throughput = new Throughput();
  throughput.add(1000, 100, 20_000);
  expect(throughput.add(60_000, 100, 20_000)).toEqual({ ms: 100, bytes: 20_000 });
});
