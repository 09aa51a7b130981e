import { AppError } from '@/lib/errors';

/** Tells a person what it means that ffmpeg failed on a video; other errors pass. */
export function encodeFailed(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'tool-failed') throw error;
  const message = 'FFmpeg could not read this video to its end. It may be damaged; try to export it again.';
  throw new AppError('encode-failed', message, { cause: error });
}
