import { AppError } from '@/lib/errors';
import type { Argv } from './args/argv';
import { workFileArgs } from './args/input-args';
import { runFfmpeg } from './run-ffmpeg';

/**
 * Audio decodes hundreds of times faster than it plays, video ten times: this is for the longest and slowest.
 */
const timeoutSeconds = 4 * 3600;

/** Decodes tracks in `folder` from the first frame to the last, and returns what the decoders complain of. */
export async function decodeWhole(files: string[], folder: string, signal: AbortSignal): Promise<string> {
  const args: Argv = [
    ...files.flatMap((file) => [...workFileArgs, '-i', `file:${file}`]),
    ...files.flatMap((_, i) => ['-map', String(i)]),
    ...['-f', 'null', '-'],
  ];
  try {
    return (await runFfmpeg({ args, folder, signal, weight: 'heavy', timeoutSeconds })).stderr;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'tool-failed') throw error;
    return error.cause instanceof Error ? error.cause.message : error.message;
  }
}
