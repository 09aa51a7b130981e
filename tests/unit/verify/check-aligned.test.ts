import { expect, it } from 'vitest';
import { isAligned } from '@/lib/verify/check-aligned';

it.each<[string, number[], number[], boolean]>([
  ['the same', [0, 4, 8], [0, 4, 8], true],
  ['within a frame', [0, 4.04, 8], [0, 4, 8], true],
  ['one that ends sooner', [0, 4], [0, 4, 8], true],
  ['one that ends later', [0, 4, 8], [0, 4], true],
  ['another start', [0, 4, 8, 12, 18, 20], [0, 4, 8, 12, 16, 20], false],
  ['another length', [0, 6, 12], [0, 8, 12], false],
])('renditions with the same segment starts are aligned: %s', (_, starts, expected, aligned) => {
  expect(isAligned(starts, expected)).toBe(aligned);
});
