import type { Argv } from './argv';
import { fromWorkFolder } from './input-args';

/** A checksum (Adler-32) for each frame, so that two decodes can be compared; the cheapest that FFmpeg has. */
const frameSums: Argv = ['-map', '0', '-f', 'framecrc', 'pipe:1'];

/** Whether something decodes shows without H.264's deblocking, which takes a quarter of the time. */
const quickly: Argv = ['-skip_loop_filter', 'all'];

/** Decodes a file, or only its first seconds, and prints a line for each frame. */
export function decodeArgs(file: string, firstSeconds?: number): Argv {
  const limit = firstSeconds === undefined ? [] : ['-t', String(firstSeconds)];
  return [...fromWorkFolder, ...quickly, '-i', `file:${file}`, ...limit, ...frameSums];
}

/**
 * Decodes a part of an encrypted MP4. The key stands in a list file (see decryptionList), since arguments can be read by
 * every local user.
 */
export function decodeEncryptedArgs(listFile: string, seconds: number): Argv {
  return [
    ...fromWorkFolder,
    '-f',
    'concat',
    '-safe',
    '0',
    '-i',
    `file:${listFile}`,
    '-t',
    String(seconds),
    ...frameSums,
  ];
}

/** An ffconcat list of one encrypted file, with the key that decrypts it, beginning at a time. */
export function decryptionList(file: string, keyHex: string, fromSeconds: number): string {
  return `ffconcat version 1.0\nfile ${file}\noption decryption_key ${keyHex}\ninpoint ${fromSeconds.toFixed(3)}\n`;
}
