import { expect, test } from 'vitest';
import { processTree } from '../../../scripts/process/kill-tree.mjs';

test('a tree holds the process and all below it, and no other', () => {
  const table = [
    { pid: 40, parent: 20 },
    { pid: 20, parent: 10 },
    { pid: 10, parent: 1 },
    { pid: 30, parent: 1 },
    { pid: 21, parent: 10 },
  ];
  expect(processTree(10, table)).toEqual([10, 20, 21, 40]);
});
