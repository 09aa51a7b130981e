import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMasterKey } from '@/lib/keys/master-key';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

const hex = '0123456789abcdef'.repeat(4);

describe('a new master key', () => {
  it('is 32 random bytes in a file that only its owner can read', async () => {
    const folder = tempFolder();
    const file = path.join(folder, 'master.key');
    const key = loadMasterKey(file, false);
    expect(key).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe(`${key.toString('hex')}\n`);
    expect(await filesBelow(folder)).toEqual(['master.key']);
  });

  it('differs for each file', () => {
    const folder = tempFolder();
    expect(loadMasterKey(path.join(folder, 'a'), false)).not.toEqual(
      loadMasterKey(path.join(folder, 'b'), false),
    );
  });
});

describe('a master key that packages need', () => {
  it('is not replaced by a new one when its file is gone', async () => {
    const folder = tempFolder();
    const file = path.join(folder, 'master.key');
    expect(() => loadMasterKey(file, true)).toThrow(
      expect.objectContaining({
        code: 'setting-invalid',
        field: 'MASTER_KEY_FILE',
        message: `The master key file "${file}" is missing, and there are packages that need it. Restore it from your backup.`,
      }),
    );
    expect(await filesBelow(folder)).toEqual([]);
  });

  it('is read when its file is there', () => {
    const file = path.join(tempFolder(), 'master.key');
    writeFileSync(file, hex, { mode: 0o600 });
    expect(loadMasterKey(file, true).toString('hex')).toBe(hex);
  });
});

describe('an existing master key', () => {
  it.each([
    ['plain', hex],
    ['with a line end', `${hex}\n`],
    ['with Windows line ends', `${hex}\r\n`],
    ['in capitals', hex.toUpperCase()],
  ])('is read and left as it is: %s', (_, content) => {
    const file = path.join(tempFolder(), 'master.key');
    writeFileSync(file, content, { mode: 0o600 });
    expect(loadMasterKey(file, false).toString('hex')).toBe(hex);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('is the same the next time', () => {
    const file = path.join(tempFolder(), 'master.key');
    expect(loadMasterKey(file, false)).toEqual(loadMasterKey(file, false));
  });

  it.each([
    ['nothing', ''],
    ['too little', hex.slice(1)],
    ['too much', `${hex}0`],
    ['something else', 'g'.repeat(64)],
    ['two lines', `${hex}\n${hex}`],
  ])('is refused, and not replaced, when it holds %s', (_, content) => {
    const file = path.join(tempFolder(), 'master.key');
    writeFileSync(file, content, { mode: 0o600 });
    expect(() => loadMasterKey(file, false)).toThrow(
      expect.objectContaining({
        code: 'setting-invalid',
        field: 'MASTER_KEY_FILE',
        message: expect.stringContaining(file),
      }),
    );
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});

describe('a master key that others can read', () => {
  it.each([0o644, 0o640, 0o604, 0o622, 0o610])('is refused, with what to do: mode %i', (mode) => {
    const file = path.join(tempFolder(), 'master.key');
    writeFileSync(file, hex);
    chmodSync(file, mode);
    const refused = expect.objectContaining({
      code: 'setting-invalid',
      field: 'MASTER_KEY_FILE',
      message: `Other users of this machine can read the master key file "${file}" (mode ${mode.toString(8)}). Remove their access, then start again: chmod 600 "${file}"`,
    });
    expect(() => loadMasterKey(file, false)).toThrow(refused);
    chmodSync(file, 0o400);
    expect(loadMasterKey(file, false).toString('hex')).toBe(hex);
  });
});
