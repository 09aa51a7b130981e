import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { ContentKey } from '@/lib/media/content-key';
import { decryptArgs } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { tools } from './tool-runner';

const maxBuffer = 256 * 1024 * 1024;

/** A checksum for each decoded frame of a file's first stream of a kind; with a key, of an encrypted MP4. */
export function frameSums(file: string, kind: 'v' | 'a', keyHex?: string): string[] {
  const key = keyHex === undefined ? [] : ['-decryption_key', keyHex];
  const args = ['-v', 'error', ...key, '-i', file, '-map', `0:${kind}:0`, '-f', 'framemd5', '-'];
  const lines = execFileSync('ffmpeg', args, { maxBuffer, stdio: ['ignore', 'pipe', 'pipe'] })
    .toString()
    .split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}

/** Decrypts a track of a version with Shaka Packager; returns the path of the clear file beside it. */
export async function decryptTrack(folder: string, file: string, key: ContentKey): Promise<string> {
  const clear = `clear-${file}`;
  const { signal } = new AbortController();
  const keys = [{ label: 'all' as const, ...key }];
  const args = (flags: string, output: string) =>
    decryptArgs([{ input: file, output: path.join(output, clear) }], flags);
  const requested = { into: folder, names: [clear] };
  await runPackager(tools, { folder, requested, keys, use: 'decryption', args, signal });
  return path.join(folder, clear);
}
