import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedVersion } from '@/lib/media/track';
import { decryptArgs } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { linkOrCopy } from '@/lib/storage/link-or-copy';
import { type Attempt, unwrapKeys } from '../attempt';
import type { WorkFolders } from '../work-folder';
import { openVersion } from './open-source';

/** Links the files of the served version into the attempt; clear files go into the tracks folder. */
export async function linkServed(
  attempt: Attempt,
  current: PublishedVersion,
  folders: WorkFolders,
): Promise<void> {
  const served = await openVersion(attempt, current, folders);
  const encrypted = path.join(folders.attempt, encryptedFolder);
  await mkdir(encrypted);
  for (const name of await readdir(served)) {
    const isSide = /^(text-.*\.vtt|thumbnails-\d+\.jpg|storyboard\.json)$/.test(name);
    await linkOrCopy(path.join(served, name), path.join(isSide ? folders.tracks : encrypted, name));
  }
}

const encryptedFolder = 'encrypted';

/** Decrypts some of the linked tracks, by their names, into the tracks folder. */
export async function decryptTracks(attempt: Attempt, names: string[], folders: WorkFolders): Promise<void> {
  if (names.length === 0) return;
  const { job, masterKey, signal } = attempt;
  const files = names.map((name) => `${name}.mp4`);
  await runPackager(attempt.tools, {
    folder: folders.attempt,
    requested: { into: folders.tracks, names: files },
    keys: unwrapKeys(job.currentKeys, masterKey),
    use: 'decryption',
    args: (keyFile, output) =>
      decryptArgs(
        files.map((name) => ({ input: path.join(encryptedFolder, name), output: path.join(output, name) })),
        keyFile,
      ),
    signal,
  });
}
