import { expect, it } from 'vitest';
import { rateOf, type Sample, withSample } from '@/app/_features/uploads/upload-queue';

const samplesOf = (list: Sample[]) => list.reduce<Sample[]>((kept, sample) => withSample(kept, sample), []);

it('is null from too few samples', () => {
  expect(rateOf([])).toBeNull();
  expect(rateOf([{ atMs: 0, bytes: 100 }])).toBeNull();
  expect(
    rateOf(
      samplesOf([
        { atMs: 0, bytes: 0 },
        { atMs: 400, bytes: 900 },
      ]),
    ),
  ).toBeNull();
});

it('is the bytes over the time', () => {
  expect(
    rateOf(
      samplesOf([
        { atMs: 1000, bytes: 0 },
        { atMs: 3000, bytes: 4000 },
      ]),
    ),
  ).toBe(2000);
});

it('ignores samples older than five seconds', () => {
  const samples = samplesOf([
    { atMs: 0, bytes: 0 },
    { atMs: 6000, bytes: 60_000 },
    { atMs: 8000, bytes: 62_000 },
  ]);
  expect(rateOf(samples)).toBe(1000);
});
