import { AppError } from '@/lib/base/errors';
import type { SourceProbe } from '@/lib/media/source-probe';

/** More than every camera and archive that we know of, and still within the memory limit of tools. */
const maxPixels = 8192 * 8192;
const maxStreams = 100;
const maxHours = 48;

/**
 * Refuses a video whose header claims more than one video may take of the machine.
 * @throws AppError `video-too-complex`
 */
export function checkCaps({ videos, durationSeconds }: SourceProbe): void {
  checkSizes(videos);
  if (durationSeconds > maxHours * 3600) {
    const hours = Math.floor(durationSeconds / 3600);
    throw tooComplex(`The video is ${hours} hours long; at most ${maxHours} are accepted.`);
  }
}

export const isTooLarge = ({ width, height }: { width: number; height: number }): boolean =>
  width * height > maxPixels;

function checkSizes(frames: { width: number; height: number }[]): void {
  const large = frames.find(isTooLarge);
  if (!large) return;
  const size = `${large.width}×${large.height}`;
  throw tooComplex(`The frame is ${size}; at most 67 megapixels (8192×8192) are accepted.`);
}

/**
 * Refuses a frame that is too large for FFmpeg: FFmpeg reports such a stream without a frame size, and
 * complains.
 * @throws AppError `video-too-complex`
 */
export function checkFrameSizeError(complaint: string): void {
  for (const [, width, height] of complaint.matchAll(/Picture size (\d+)x(\d+) is invalid/g))
    checkSizes([{ width: Number(width), height: Number(height) }]);
}

/**
 * Refuses a file with too many streams, of any kind.
 * @throws AppError `video-too-complex`
 */
export function checkStreamCount(count: number): void {
  if (count > maxStreams) throw tooManyStreams();
}

export const tooManyStreams = (cause?: unknown) =>
  tooComplex(`The file has more than ${maxStreams} streams. Remove those that are not needed.`, cause);

export const tooComplex = (message: string, cause?: unknown) =>
  new AppError('video-too-complex', message, { field: 'file', cause });
