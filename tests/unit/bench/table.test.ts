import { describe, expect, it } from 'vitest';
import { isMet, type Result } from '@/bench/result';
import { renderTable } from '@/bench/table';

describe('a figure', () => {
  it.each([
    [1.08, { atMost: 1.08 }, true],
    [1.0801, { atMost: 1.08 }, false],
    [0.8, { atLeast: 0.8 }, true],
    [0.7999, { atLeast: 0.8 }, false],
    [Number.NaN, { atMost: 1 }, false],
    [Number.NaN, { atLeast: 1 }, false],
  ])('of %d meets %j: %s', (value, reach, expected) => {
    expect(isMet({ value, reach })).toBe(expected);
  });
});

it('shows each figure on a line with its limit, and what was skipped or failed', () => {
  const none = { proofs: [], notes: [] };
  const results: Result[] = [
    {
      ...none,
      number: 2,
      title: 'playable',
      against: 'raw',
      outcome: 'measured',
      ours: [3, 1, 2],
      theirs: [1, 1, 1],
      unit: 's',
      figures: [
        { name: 'ratio', value: 2.345, unit: '', reach: { atMost: 2 } },
        { name: 'share', value: 4.9, unit: '%', reach: { atMost: 5 } },
      ],
    },
    { number: 6, title: 'nginx', against: 'alone', outcome: 'skipped', reason: 'nginx is missing' },
    { number: 7, title: 'list', against: 'few', outcome: 'failed', reason: 'wrong\nstack' },
  ];
  const cells = renderTable(results)
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(cells.toSpliced(1, 1)).toEqual([
    ['#', 'measure', 'ours', 'theirs', 'figure', 'target', 'met?'],
    ['2', 'playable', '2 s', '1 s', '2.35', '<= 2', 'NO'],
    ['', 'share', '', '', '4.9 %', '<= 5 %', 'yes'],
    ['6', 'nginx', '', '', 'skipped: nginx is missing', '', ''],
    ['7', 'list', '', '', 'failed: wrong', '', ''],
  ]);
});
