import type { Argv } from './argv';
import { fromWorkFolder } from './input-args';

/** Decodes a file and prints a checksum for each frame, so that two decodes can be compared. */
export function decodeArgs(file: string): Argv {
  return [...fromWorkFolder, '-i', `file:${file}`, '-map', '0', '-f', 'framemd5', 'pipe:1'];
}

/**
 * Decodes a second from a point of an encrypted MP4. The key stands in a list file (see decryptionList), since arguments
 * can be read by every local user.
 */
export function decodeEncryptedArgs(listFile: string): Argv {
  return [
    ...fromWorkFolder,
    '-f',
    'concat',
    '-safe',
    '0',
    '-i',
    `file:${listFile}`,
    '-map',
    '0',
    '-t',
    '1',
    '-f',
    'framemd5',
    'pipe:1',
  ];
}

/** An ffconcat list of one encrypted file, with the key that decrypts it, beginning at a time. */
export function decryptionList(file: string, keyHex: string, fromSeconds: number): string {
  return `ffconcat version 1.0\nfile ${file}\noption decryption_key ${keyHex}\ninpoint ${fromSeconds.toFixed(3)}\n`;
}
