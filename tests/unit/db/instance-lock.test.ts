import path from 'node:path';
import { expect, it } from 'vitest';
import { lockInstance } from '@/db/instance-lock';
import { tempFolder } from '@/tests/support/temp-folder';

it('is granted once for each folder', () => {
  const file = path.join(tempFolder(), 'instance.lock');
  expect(lockInstance(file)).toBe(true);
  expect(lockInstance(file)).toBe(false);
  expect(lockInstance(path.join(tempFolder(), 'instance.lock'))).toBe(true);
});

it('throws without a folder', () => {
  expect(() => lockInstance(path.join(tempFolder(), 'none', 'instance.lock'))).toThrow();
});
