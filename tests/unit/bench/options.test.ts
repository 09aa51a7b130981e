import { expect, it } from 'vitest';
import { readOptions } from '@/bench/options';

const known = [1, 2, 10];

it.each([
  [[], { isQuick: false, isJson: false, only: null }],
  [['--quick'], { isQuick: true, isJson: false, only: null }],
  [['--json', '--only', '10,1'], { isQuick: false, isJson: true, only: [10, 1] }],
])('reads %j', (argv, expected) => {
  expect(readOptions(argv, known)).toEqual(expected);
});

it.each([[['--only', '3']], [['--only', '1,x']], [['--only', '']], [['--slow']], [['1']]])(
  'refuses %j',
  (argv) => {
    expect(() => readOptions(argv, known)).toThrow(/--only takes numbers|Usage: npm run bench/);
  },
);
