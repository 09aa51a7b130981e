import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSources } from '../../../scripts/setup/hash-sources.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cenclave-hash-'));
  mkdirSync(path.join(root, 'app/api'), { recursive: true });
  writeFileSync(path.join(root, 'app/api/route.ts'), 'export const a = 1;');
  writeFileSync(path.join(root, 'next.config.ts'), 'export default {};');
});

afterEach(() => rmSync(root, { recursive: true }));

test.each<[string, () => void]>([
  [
    'content of the same size',
    () => writeFileSync(path.join(root, 'app/api/route.ts'), 'export const a = 2;'),
  ],
  ['a new file', () => writeFileSync(path.join(root, 'app/api/new.ts'), '')],
  ['a new name', () => renameSync(path.join(root, 'app/api/route.ts'), path.join(root, 'app/api/page.ts'))],
  ['a single file', () => writeFileSync(path.join(root, 'next.config.ts'), 'export default { a: 1 };')],
  ['a file that was missing', () => writeFileSync(path.join(root, 'tsconfig.json'), '{}')],
  [
    'text moved between files',
    () => {
      writeFileSync(path.join(root, 'app/api/route.ts'), 'export const a = 1;export');
      writeFileSync(path.join(root, 'next.config.ts'), ' default {};');
    },
  ],
])('changes with %s', (_, change) => {
  const before = hashSources(root);
  change();
  expect(hashSources(root)).not.toBe(before);
});

test('stays the same with new times (a git checkout) and with files that the build does not read', () => {
  const before = hashSources(root);
  utimesSync(path.join(root, 'app/api/route.ts'), 1, 1);
  mkdirSync(path.join(root, 'storage'));
  writeFileSync(path.join(root, 'storage/video.mp4'), 'x');
  expect(hashSources(root)).toBe(before);
});
