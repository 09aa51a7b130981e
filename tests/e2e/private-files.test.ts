import { chmodSync, copyFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { drawClip, h264, testPattern } from '../fixtures/clips';
import { packageUntilReady, uploadFile } from '../harness/api';
import { startAppServer } from '../harness/app-server';
import { makeFolder } from '../harness/make-folder';
import { tempFolder } from '../harness/temp-folder';

/** The entries of a folder, itself included, that others than its owner may access. */
function openTo(folder: string, bits = 0o077): string[] {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  return names.filter((name) => {
    const found = statSync(path.join(folder, name), { throwIfNoEntry: false });
    return found && (found.mode & bits) !== 0;
  });
}

const tiny = drawClip('tiny.mp4', [...testPattern('320x180', 25, 4), ...h264]);

it('everything a server writes is private to its user, in a folder that was open to all', async () => {
  const storage = makeFolder();
  chmodSync(storage, 0o755);
  writeFileSync(path.join(storage, 'cenclave.db'), '');
  const umask = process.umask(0);
  const server = await startAppServer({}, { storage });
  process.umask(umask);
  try {
    const video = await uploadFile(server.origin, tiny);
    expect((await fetch(`${server.origin}/api/videos/${video.id}/poster`)).status).toBe(200);
    const pkg = await packageUntilReady(server.origin, video.id);
    expect((await fetch(server.origin + pkg.links.manifest)).status).toBe(200);
    const { warnings } = await (await fetch(`${server.origin}/api/health`)).json();
    expect(warnings.filter((text: string) => text.includes('Other users'))).toEqual([]);
    expect(openTo(storage)).toEqual([]);
  } finally {
    await server.stop();
  }
});

it('a master key that others can read prevents the start, with the command that repairs it', async () => {
  const storage = tempFolder();
  const key = path.join(storage, 'master.key');
  writeFileSync(key, 'ab'.repeat(32));
  chmodSync(key, 0o644);
  copyFileSync(key, path.join(storage, 'before'));
  await expect(startAppServer({}, { storage })).rejects.toThrow(`chmod 600 "${key}"`);
  expect(statSync(key).mode & 0o777).toBe(0o644);
});
