import { link, mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ContentKey } from '@/lib/media/content-key';
import { decryptArgs } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { run } from '../run';
import { toolRunner } from '../tool-runner';
import { prove } from './prove';

/**
 * Decrypts tracks of a version and passes the clear files to `use`, in a folder that is deleted afterwards.
 */
export async function decrypted<Result>(
  folder: string,
  files: string[],
  key: ContentKey,
  use: (clear: string[]) => Promise<Result>,
): Promise<Result> {
  const scratch = await mkdtemp(`${path.dirname(folder)}/proof-`);
  try {
    const { signal } = new AbortController();
    for (const file of files) await link(path.join(folder, file), path.join(scratch, `encrypted-${file}`));
    const pairs = (output: string) =>
      files.map((file) => ({ input: `encrypted-${file}`, output: path.join(output, file) }));
    const args = (keyFile: string, output: string) => decryptArgs(pairs(output), keyFile);
    const requested = { into: scratch, names: files };
    const keys = [{ label: 'all' as const, ...key }];
    await runPackager(toolRunner, { folder: scratch, requested, keys, use: 'decryption', args, signal });
    return await use(files.map((file) => path.join(scratch, file)));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * The size and checksum of each frame of a stream as it is stored, independent of the container and the
 * timestamps.
 */
export async function storedFrames(file: string, kind: 'v' | 'a'): Promise<string[]> {
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-i',
    file,
    '-map',
    `0:${kind}:0`,
    '-c',
    'copy',
    '-f',
    'framecrc',
    '-',
  ];
  const lines = (await run(['ffmpeg', ...args])).split('\n');
  const frames = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return frames.map((line) => line.split(',').slice(4, 6).join());
}

/** The number of frames of a video; throws if one of them cannot be decoded without an error. */
export async function decodedFrames(file: string): Promise<number> {
  const args = ['-v', 'error', '-xerror', '-nostdin', '-i', file, '-map', '0:v:0', '-f', 'framecrc', '-'];
  const lines = (await run(['ffmpeg', ...args])).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).length;
}

/**
 * Proves that all renditions of a version have segments of the same lengths, so that players can switch
 * anywhere.
 */
export async function proveAligned(folder: string, files: string[]): Promise<number> {
  const lists = await Promise.all(
    files.map(async (file) => {
      const playlist = await readFile(path.join(folder, file.replace(/\.mp4$/, '.m3u8')), 'utf8');
      return playlist.split('\n').filter((line) => line.startsWith('#EXTINF'));
    }),
  );
  const [first = []] = lists;
  prove(first.length > 0, `${files[0]} has no segments`);
  for (const [i, list] of lists.entries())
    prove(list.join() === first.join(), `the segments of ${files[i]} are not those of ${files[0]}`);
  return first.length;
}
