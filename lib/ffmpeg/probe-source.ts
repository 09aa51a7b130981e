import { AppError } from '@/lib/errors';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Argv } from './args/argv';
import { keyframeArgs, packetTimeArgs, probeArgs } from './args/probe-args';
import { parseProbe } from './parse-probe';
import { runFfprobe } from './run-ffmpeg';

const probeTimeoutSeconds = 60;
const keyframeTimeoutSeconds = 600;
const maxStreams = 100;

/**
 * Finds out what a file from outside holds.
 * @throws AppError `not-a-video` when no video or audio can be read from it, `video-too-complex`, `tool-timeout`
 */
export async function probeSource(file: string, signal?: AbortSignal): Promise<SourceProbe> {
  const probe = parseProbe(await ffprobe(probeArgs(file), probeTimeoutSeconds, signal));
  if (probe.videos.length + probe.audios.length === 0) {
    throw new AppError('not-a-video', 'The file holds no video or audio that can be read.', {
      field: 'file',
    });
  }
  if (probe.videos.length + probe.audios.length + probe.texts.length > maxStreams) {
    throw new AppError('video-too-complex', `The file holds more than ${maxStreams} streams.`, {
      field: 'file',
    });
  }
  if (probe.durationSeconds > 0) return probe;
  return { ...probe, durationSeconds: await measureDuration(file, probe, signal) };
}

/** Recordings that were made live may not tell how long they are: the end of their last packet does. */
async function measureDuration(file: string, probe: SourceProbe, signal?: AbortSignal): Promise<number> {
  const [stream] = [...probe.videos, ...probe.audios];
  if (!stream) return 0;
  const output = await ffprobe(packetTimeArgs(file, stream.index), keyframeTimeoutSeconds, signal);
  let end = 0;
  for (const line of output.split('\n')) {
    const [time = 0, length = 0] = line.split(',').map((field) => Number(field) || 0);
    end = Math.max(end, time + length);
  }
  return Math.max(0, end - probe.startSeconds);
}

/** The times, in seconds and ascending, of the keyframes of a video stream. Reads packet headers only. */
export async function probeKeyframes(
  file: string,
  streamIndex: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const output = await ffprobe(keyframeArgs(file, streamIndex), keyframeTimeoutSeconds, signal);
  return output
    .split('\n')
    .map((line) => /^(-?[\d.]+),K/.exec(line)?.[1])
    .filter((time) => time !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

async function ffprobe(args: Argv, timeoutSeconds: number, signal?: AbortSignal): Promise<string> {
  try {
    return await runFfprobe({ args, timeoutSeconds, signal });
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-timeout') throw tooComplex(error);
    if (!(error instanceof AppError) || error.code !== 'tool-failed') throw error;
    throw new AppError(
      'not-a-video',
      'The file is not a video that can be read. It may be damaged or incomplete.',
      {
        field: 'file',
        cause: error,
      },
    );
  }
}

const tooComplex = (cause: unknown) =>
  new AppError('video-too-complex', 'The file takes too long to look into; it is too complex.', {
    field: 'file',
    cause,
  });
