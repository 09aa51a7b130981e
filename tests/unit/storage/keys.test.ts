import { expect, it } from 'vitest';
import { packageKey, posterKey, randomName, uploadKey, versionKey } from '@/lib/storage/keys';

it('makes names of 128 random bits', () => {
  const names = Array.from({ length: 50 }, randomName);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(names).size).toBe(50);
});

it.each([
  [uploadKey('ab', 'mp4'), 'uploads/ab.mp4'],
  [posterKey(7), 'posters/7.jpg'],
  [packageKey('cd'), 'packages/cd'],
  [versionKey('cd', 3), 'packages/cd/v3'],
])('%s is %s', (key, expected) => {
  expect(key).toBe(expected);
});
