import { describe, expect, it } from 'vitest';
import { firstWindowBytes, type Hold, Holds, windowBytes } from '@/lib/storage/holds';

const MiB = 1024 * 1024;

const hold = (heldBytes: number, more: Partial<Hold> = {}): Hold => ({
  ...{ kind: 'upload', client: 'a', leftBytes: 1000 * MiB, receivedBytes: 0, heldBytes },
  endsAtMs: Number.POSITIVE_INFINITY,
  ...more,
});

it.each<[string, number, number, number]>([
  ['before its first byte, the first window', 1000, 0, firstWindowBytes / MiB],
  ['a small one, all of it', 10, 0, 10],
  ['as much again as has come', 1000, 200, 200],
  ['at its end what is left', 50, 950, 50],
  ['nothing when it has come', 0, 1000, 0],
])('an upload should hold: %s', (_, left, received, window) => {
  expect(windowBytes({ leftBytes: left * MiB, receivedBytes: received * MiB })).toBe(window * MiB);
});

describe('an upload may hold', () => {
  it.each<[string, number, [string, Hold][], number]>([
    ['its window', 1000, [], 32],
    ['a quarter of the room, with all of its client', 100, [['x', hold(10 * MiB)]], 15],
    ['the same beside other clients', 100, [['x', hold(10 * MiB, { client: 'b' })]], 25],
    [
      'half of the room, with all uploads',
      100,
      [
        ['x', hold(20 * MiB, { client: 'b' })],
        ['y', hold(20 * MiB, { client: 'c' })],
      ],
      10,
    ],
    ['what jobs leave', 100, [['job', hold(90 * MiB, { kind: 'job', client: '' })]], 10],
    ['nothing below the floor', -5, [], 0],
  ])('%s', (_, room, others, allowed) => {
    const holds = new Holds();
    for (const [owner, other] of others) holds.begin(owner, other);
    expect(holds.allowedBytes('me', hold(0), room * MiB, 0)).toBe(allowed * MiB);
  });
});

describe('what is held', () => {
  it('counts for all others', () => {
    const holds = new Holds();
    holds.begin('a', hold(100));
    holds.begin('b', hold(10, { kind: 'job' }));
    expect(holds.bytesOfOthers('c', 0)).toBe(110);
    expect(holds.bytesOfOthers('a', 0)).toBe(10);
    expect(holds.bytesOfOthers('c', 0, ({ kind }) => kind === 'job')).toBe(10);
  });

  it('counts once for an upload that begins again', () => {
    const holds = new Holds();
    holds.begin('a', hold(100));
    holds.begin('a', hold(70));
    expect(holds.bytesOfOthers('', 0)).toBe(70);
  });

  it('ends at once, or when its time is over', () => {
    const holds = new Holds();
    holds.begin('a', hold(100));
    holds.begin('b', hold(50, { endsAtMs: 1000 }));
    holds.end('a');
    expect(holds.bytesOfOthers('', 999)).toBe(50);
    expect(holds.bytesOfOthers('', 1000)).toBe(0);
  });
});
