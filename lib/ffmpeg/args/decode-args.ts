import type { Argv } from './argv';
import { fromWorkFolder } from './input-args';

/** A checksum (Adler-32) for each frame, so that two decodes can be compared; the cheapest that FFmpeg has. */
const frameSums: Argv = ['-f', 'framecrc', 'pipe:1'];

/** A checksum (CRC-32) for each frame as it is stored, which is easy to compute elsewhere as well. */
const storedSums: Argv = ['-f', 'framehash', '-hash', 'CRC32', 'pipe:1'];

/** Whether something decodes shows without H.264's deblocking, which takes a quarter of the time. */
const quickly: Argv = ['-skip_loop_filter', 'all'];

/** MP4 tells what it holds: FFmpeg need not read ahead, and decode, to find out. */
const atOnce: Argv = ['-probesize', '32', '-analyzeduration', '0'];

/** Decodes files, or only their first seconds, and prints a line for each frame; a line begins with its file's place. */
export function decodeArgs(files: string[], firstSeconds?: number): Argv {
  const limit = firstSeconds === undefined ? [] : ['-t', String(firstSeconds)];
  return [...readEach(files.map((file) => ({ file, options: [...quickly, ...limit] }))), ...frameSums];
}

/** Prints a line with a checksum for each frame of the first seconds of files as it is stored, without decoding it; a line begins with its file's place. */
export function packetArgs(files: string[], firstSeconds: number): Argv {
  const options = ['-t', String(firstSeconds)];
  return [...readEach(files.map((file) => ({ file, options }))), '-c', 'copy', ...storedSums];
}

/** Every file is an input of its own, and one stream of the output. */
function readEach(inputs: { file: string; options: Argv }[]): Argv {
  return [
    ...inputs.flatMap(({ file, options }) => [...fromWorkFolder, ...atOnce, ...options, ...openOwn(file)]),
    ...inputs.flatMap((_, i) => ['-map', String(i)]),
  ];
}

/**
 * What a list names is looked into when it is opened: once is enough. Its frames are left as they are stored; else those of H.264
 * would be rewritten.
 */
const openOwn = (file: string): Argv =>
  file.endsWith('.ffconcat')
    ? ['-nofind_stream_info', '-f', 'concat', '-safe', '0', '-auto_convert', '0', '-i', `file:${file}`]
    : ['-i', `file:${file}`];

/** Decodes a part of each encrypted MP4 that a list names, all its streams; those of the next list count on. */
export function decodeEncryptedArgs(listFiles: string[], seconds: number): Argv {
  return [
    ...listFiles.flatMap((list) => [...fromWorkFolder, '-t', String(seconds), ...openOwn(list)]),
    ...listFiles.flatMap((_, i) => ['-map', String(i)]),
    ...frameSums,
  ];
}

/**
 * An ffconcat list of encrypted files, with the key that decrypts them, each beginning at a time. The key stands in a
 * file, since arguments can be read by every local user.
 */
export function decryptionList(files: string[], keyHex: string, fromSeconds = 0): string {
  const begin = fromSeconds > 0 ? `inpoint ${fromSeconds.toFixed(3)}\n` : '';
  const options = `option decryption_key ${keyHex}\noption probesize 32\noption analyzeduration 0\n`;
  const entries = files.map((file) => `file ${file}\n${options}${begin}`);
  return `ffconcat version 1.0\n${entries.join('')}`;
}
