import { describe, expect, it } from 'vitest';
import { isSettled, mayFollow, packageStatuses, stages } from '@/lib/media/status';

// From, to, and whether a package may go there.
const arrows: Record<(typeof packageStatuses)[number], (typeof packageStatuses)[number][]> = {
  queued: ['processing', 'failed', 'canceled'],
  processing: ['queued', 'ready', 'failed', 'canceled'],
  ready: ['queued'],
  failed: ['queued'],
  canceled: ['queued'],
};
const pairs = packageStatuses.flatMap((from) => packageStatuses.map((to) => [from, to] as const));

describe('the life of a package', () => {
  it.each(pairs)('from %s to %s', (from, to) => {
    expect(mayFollow(from, to)).toBe(arrows[from].includes(to));
  });

  it.each(packageStatuses)('settles, or goes on, at %s', (status) => {
    expect(isSettled(status)).toBe(status !== 'queued' && status !== 'processing');
  });

  it('leads from every status to every other', () => {
    for (const from of packageStatuses) {
      const reached = new Set([from]);
      for (const at of reached) for (const to of packageStatuses) if (mayFollow(at, to)) reached.add(to);
      expect([...reached].sort()).toEqual([...packageStatuses].sort());
    }
  });
});

it('names the stages in the order in which they happen', () => {
  expect(stages).toEqual(['probe', 'copy', 'encode', 'package', 'verify', 'publish']);
});
