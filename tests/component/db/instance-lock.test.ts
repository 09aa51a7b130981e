import path from 'node:path';
import { expect, it } from 'vitest';
import { takeLock } from '@/db/sqlite/instance-lock';
import { tempFolder } from '@/tests/harness/temp-folder';

it('is granted once for each folder, until it is released', () => {
  const file = path.join(tempFolder(), 'instance.lock');
  const release = takeLock(file);
  expect(release).not.toBeNull();
  expect(takeLock(file)).toBeNull();
  takeLock(path.join(tempFolder(), 'instance.lock'))?.();
  release?.();
  const again = takeLock(file);
  expect(again).not.toBeNull();
  again?.();
});

it('throws without a folder', () => {
  expect(() => takeLock(path.join(tempFolder(), 'none', 'instance.lock'))).toThrow();
});
