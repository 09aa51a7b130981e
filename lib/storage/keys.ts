import { randomBytes } from 'node:crypto';
import { AppError } from '@/lib/errors';

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

/**
 * Splits a key into names.
 * @throws AppError `media-not-found` for any that could leave the store
 */
export function plainNames(key: string): string[] {
  const names = key.split('/');
  if (names.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name))) return names;
  throw new AppError('media-not-found', 'There is no such file.');
}
