import { link, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedVersion } from '@/lib/media/track';
import { decryptArgs } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { type Attempt, unwrapKeys } from './attempt';
import { openVersion } from './open-version';
import type { WorkFolders } from './work-folder';

/** Fills the tracks folder from the version that is served: its encrypted tracks in the clear, the others as they are. */
export async function decryptTracks(
  attempt: Attempt,
  current: PublishedVersion,
  folders: WorkFolders,
): Promise<void> {
  const { job, masterKey, signal } = attempt;
  const served = await openVersion(attempt, current.number);
  const encrypted = path.join(folders.attempt, 'encrypted');
  await mkdir(encrypted);
  for (const name of await readdir(served)) {
    const isSide = /^(text-.*\.vtt|thumbnails-\d+\.jpg|storyboard\.json)$/.test(name);
    await link(path.join(served, name), path.join(isSide ? folders.tracks : encrypted, name));
  }
  const files = current.tracks
    .filter(({ kind }) => kind !== 'text')
    .map(({ file }) => ({ input: path.join('encrypted', file), output: path.join('tracks', file) }));
  await runPackager({
    folder: folders.attempt,
    keys: unwrapKeys(job.currentKeys, masterKey),
    use: 'decryption',
    args: (keyFile) => decryptArgs(files, keyFile),
    signal,
  });
}
