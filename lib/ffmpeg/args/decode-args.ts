import type { Argv } from './argv';
import { workFileArgs } from './input-args';

/**
 * A checksum (Adler-32) for each frame, so that two decodes can be compared; the cheapest that FFmpeg has.
 */
const frameSums: Argv = ['-f', 'framecrc', 'pipe:1'];

/** A checksum (CRC-32) for each frame as it is stored, which other code can easily compute as well. */
const storedSums: Argv = ['-f', 'framehash', '-hash', 'CRC32', 'pipe:1'];

/** Skips H.264's deblocking, which takes a quarter of the time and does not affect whether frames decode. */
const quickly: Argv = ['-skip_loop_filter', 'all'];

/** MP4 describes its streams: FFmpeg need not read ahead and decode to find out. */
const atOnce: Argv = ['-probesize', '32', '-analyzeduration', '0'];

/**
 * Decodes files, or only their first seconds, and prints a line for each frame; a line begins with the index
 * of its file.
 */
export function decodeArgs(files: string[], firstSeconds?: number): Argv {
  const limit = firstSeconds === undefined ? [] : ['-t', String(firstSeconds)];
  return [...readEach(files.map((file) => ({ file, options: [...quickly, ...limit] }))), ...frameSums];
}

/** Decodes files whole, as players do, and prints nothing: for what the decoders complain of. */
export function decodeWholeArgs(files: string[]): Argv {
  return [...readEach(files.map((file) => ({ file, options: [] }))), '-f', 'null', '-'];
}

/**
 * Prints a checksum line for each stored frame in the first seconds of files, without decoding; a line begins
 * with the index of its file.
 */
export function packetArgs(files: string[], firstSeconds: number): Argv {
  const options = ['-t', String(firstSeconds)];
  return [...readEach(files.map((file) => ({ file, options }))), '-c', 'copy', ...storedSums];
}

/** Every file is a separate input, and one stream of the output. */
function readEach(inputs: { file: string; options: Argv }[]): Argv {
  return [
    ...inputs.flatMap(({ file, options }) => [...workFileArgs, ...atOnce, ...options, ...openOwn(file)]),
    ...inputs.flatMap((_, i) => ['-map', String(i)]),
  ];
}

/**
 * FFmpeg probes the files of a list when it opens them, and need not probe again. Frames stay as they are
 * stored: by default, the concat demuxer would rewrite those of H.264.
 */
const openOwn = (file: string): Argv =>
  file.endsWith('.ffconcat')
    ? ['-nofind_stream_info', '-f', 'concat', '-safe', '0', '-auto_convert', '0', '-i', `file:${file}`]
    : ['-i', `file:${file}`];

/**
 * Decodes a part of each encrypted MP4 in each list, all streams of it; output streams are numbered through
 * all lists.
 */
export function decodeEncryptedArgs(listFiles: string[], seconds: number): Argv {
  return [
    ...listFiles.flatMap((list) => [...workFileArgs, '-t', String(seconds), ...openOwn(list)]),
    ...listFiles.flatMap((_, i) => ['-map', String(i)]),
    ...frameSums,
  ];
}

/**
 * An ffconcat list of encrypted files with the key that decrypts them; each is read from `fromSeconds` on.
 * The key is in a file, since every local user can read the arguments of a process.
 */
export function decryptionList(files: string[], keyHex: string, fromSeconds = 0): string {
  const begin = fromSeconds > 0 ? `inpoint ${fromSeconds.toFixed(3)}\n` : '';
  const options = `option decryption_key ${keyHex}\noption probesize 32\noption analyzeduration 0\n`;
  const entries = files.map((file) => `file ${file}\n${options}${begin}`);
  return `ffconcat version 1.0\n${entries.join('')}`;
}
