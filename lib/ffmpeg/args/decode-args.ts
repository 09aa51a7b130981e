import type { Argv } from './argv';
import { fromWorkFolder } from './input-args';

/** A checksum (Adler-32) for each frame, so that two decodes can be compared; the cheapest that FFmpeg has. */
const frameSums: Argv = ['-f', 'framecrc', 'pipe:1'];

/** Whether something decodes shows without H.264's deblocking, which takes a quarter of the time. */
const quickly: Argv = ['-skip_loop_filter', 'all'];

/** Decodes files, or only their first seconds, and prints a line for each frame; a line begins with its file's place. */
export function decodeArgs(files: string[], firstSeconds?: number): Argv {
  const limit = firstSeconds === undefined ? [] : ['-t', String(firstSeconds)];
  return [...readEach(files, [...quickly, ...limit]), ...frameSums];
}

/** Which frames of a file. */
export type Part = { firstSeconds: number } | { lastSeconds: number };

/** Prints a line with a checksum for each frame as it is stored, without decoding it. */
export function packetArgs(files: string[], part?: Part): Argv {
  const limit = part ? cutTo(part) : [];
  return [...readEach(files, limit), '-c', 'copy', ...frameSums];
}

const cutTo = (part: Part): Argv =>
  'firstSeconds' in part ? ['-t', String(part.firstSeconds)] : ['-sseof', String(-part.lastSeconds)];

/** Every file is an input of its own, and one stream of the output. */
function readEach(files: string[], options: Argv): Argv {
  return [
    ...files.flatMap((file) => [...fromWorkFolder, ...options, '-i', `file:${file}`]),
    ...files.flatMap((_, i) => ['-map', String(i)]),
  ];
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
    '-map',
    '0',
    ...frameSums,
  ];
}

/** An ffconcat list of one encrypted file, with the key that decrypts it, beginning at a time. */
export function decryptionList(file: string, keyHex: string, fromSeconds: number): string {
  return `ffconcat version 1.0\nfile ${file}\noption decryption_key ${keyHex}\ninpoint ${fromSeconds.toFixed(3)}\n`;
}
