import { execFileSync } from 'node:child_process';

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
