import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApp } from '@/lib/app/app';
import { readSettings } from '@/lib/base/env';
import { exposedPaths } from '@/lib/storage/close-storage';
import { databaseFile } from '@/lib/storage/folders';
import { tempFolder } from '@/tests/harness/temp-folder';

const modeOf = (place: string) => (statSync(place).mode & 0o777).toString(8);

/** Opens a storage folder as the server does, with a umask that gives everything to everybody. */
function openStorage(root: string, settings: Record<string, string> = {}) {
  const umask = process.umask(0);
  try {
    return createApp(readSettings({ STORAGE_DIR: root, ...settings }));
  } finally {
    process.umask(umask);
  }
}

describe('the storage folder', () => {
  it.each([
    [{}, '700'],
    [{ X_ACCEL_PREFIX: '/files/' }, '710'],
  ])('of a checkout is closed to others, with its files: %j', (settings, mode) => {
    const root = path.join(tempFolder(), 'storage');
    mkdirSync(root);
    chmodSync(root, 0o755);
    const context = openStorage(root, settings);
    const database = databaseFile(root);
    const files = [database, `${database}-wal`, `${database}-shm`, path.join(root, 'master.key')];
    expect([root, ...files].map(modeOf)).toEqual([mode, '600', '600', '600', '600']);
    expect(exposedPaths(root, 'X_ACCEL_PREFIX' in settings)).toEqual([]);
    context.db.$client.close();
  });

  it.each([
    [{}, '700'],
    [{ X_ACCEL_PREFIX: '/files/' }, '710'],
  ])('that was private lets the group of a web server pass, if there is one: %j', (settings, mode) => {
    const root = path.join(tempFolder(), 'storage');
    mkdirSync(root, { mode: 0o700 });
    openStorage(root, settings).db.$client.close();
    expect(modeOf(root)).toBe(mode);
  });

  it('of an older Cenclave is closed as well, with its log', () => {
    const root = path.join(tempFolder(), 'storage');
    const database = databaseFile(root);
    const older = openStorage(root);
    for (const file of [database, `${database}-wal`, `${database}-shm`]) chmodSync(file, 0o644);
    writeFileSync(path.join(root, 'instance.lock'), '');
    chmodSync(path.join(root, 'instance.lock'), 0o644);
    chmodSync(root, 0o755);
    expect(exposedPaths(root, false)).toHaveLength(5);
    const context = openStorage(root);
    expect(exposedPaths(root, false)).toEqual([]);
    context.db.$client.close();
    older.db.$client.close();
  });

  it('that stays open is reported, with what to do', () => {
    const root = tempFolder();
    chmodSync(root, 0o755);
    expect(exposedPaths(root, false)).toEqual([
      `Other users of this machine can access "${root}". Make the user that runs Cenclave its owner, then: chmod 700 "${root}"`,
    ]);
  });
});
