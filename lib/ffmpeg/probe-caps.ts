import { AppError } from '@/lib/errors';
import type { SourceProbe } from '@/lib/media/source-probe';

/** Beyond every camera and archive that we know of, and still within the memory that tools are given. */
const maxPixels = 8192 * 8192;
const maxStreams = 100;
const maxHours = 48;

/**
 * Refuses what would take more of the machine than a video may, by what it says of itself.
 * @throws AppError `video-too-complex`
 */
export function checkCaps({ videos, durationSeconds }: SourceProbe): void {
  checkPictures(videos);
  if (durationSeconds > maxHours * 3600) {
    const hours = Math.floor(durationSeconds / 3600);
    throw tooComplex(`The video says that it is ${hours} hours long; at most ${maxHours} are taken.`);
  }
}

export const isTooLarge = ({ width, height }: { width: number; height: number }): boolean =>
  width * height > maxPixels;

function checkPictures(pictures: { width: number; height: number }[]): void {
  const large = pictures.find(isTooLarge);
  if (!large) return;
  const size = `${large.width}×${large.height}`;
  throw tooComplex(`The picture is ${size}; at most 67 megapixels (8192×8192) are taken.`);
}

/**
 * The same for a picture that is too large for FFmpeg: it tells the stream as one without a picture, and complains.
 * @throws AppError `video-too-complex`
 */
export function checkComplaint(complaint: string): void {
  for (const [, width, height] of complaint.matchAll(/Picture size (\d+)x(\d+) is invalid/g))
    checkPictures([{ width: Number(width), height: Number(height) }]);
}

/**
 * The same for the number of its streams, of every kind.
 * @throws AppError `video-too-complex`
 */
export function checkStreamCount(count: number): void {
  if (count > maxStreams) throw tooManyStreams();
}

export const tooManyStreams = (cause?: unknown) =>
  tooComplex(`The file holds more than ${maxStreams} streams. Leave out those that are not needed.`, cause);

export const tooComplex = (message: string, cause?: unknown) =>
  new AppError('video-too-complex', message, { field: 'file', cause });
