import { randomBytes } from 'node:crypto';

/**
 * A random name, 128 bits in hexadecimal: for media ids and for files, whose names never come from a client.
 */
export function randomName(): string {
  return randomBytes(16).toString('hex');
}

export const uploadKey = (name: string, extension: string) => `${uploadKeyStem(name)}${extension}`;
/** The prefix of an upload's keys, whatever its extension. */
export const uploadKeyStem = (name: string) => `uploads/${name}.`;
export const textKey = (name: string) => `texts/${name}.vtt`;
export const posterKey = (videoId: number) => `posters/${videoId}.jpg`;
export const packageKey = (mediaId: string) => `packages/${mediaId}`;
/** A version or a download, by its folder. */
export const publishedKey = (mediaId: string, folder: string) => `${packageKey(mediaId)}/${folder}`;
