import { expect, it } from 'vitest';
import {
  packageKey,
  plainNames,
  posterKey,
  publishedKey,
  randomName,
  textKey,
  uploadKey,
} from '@/lib/storage/keys';

it('makes names of 128 random bits', () => {
  const names = Array.from({ length: 50 }, randomName);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(names).size).toBe(50);
});

it.each([
  [uploadKey('ab', 'mp4'), 'uploads/ab.mp4'],
  [posterKey(7), 'posters/7.jpg'],
  [packageKey('cd'), 'packages/cd'],
  [textKey('ab'), 'texts/ab.vtt'],
  [publishedKey('cd', 'v3-job7-1'), 'packages/cd/v3-job7-1'],
])('%s is %s', (key, expected) => {
  expect(key).toBe(expected);
});

it('every key is a path of plain names', () => {
  expect(plainNames(publishedKey('cd', 'v3-job7-1'))).toEqual(['packages', 'cd', 'v3-job7-1']);
  expect(() => plainNames('packages/../master.key')).toThrow(
    expect.objectContaining({ code: 'media-not-found' }),
  );
});
