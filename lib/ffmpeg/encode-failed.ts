import { AppError } from '@/lib/base/errors';

/** Turns a failure of ffmpeg on a video into an error that says what it means; rethrows other errors. */
export function encodeFailed(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'tool-failed') throw error;
  const message = 'FFmpeg could not read this video to its end. It may be damaged; try to export it again.';
  throw new AppError('encode-failed', message, { cause: error });
}
