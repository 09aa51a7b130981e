import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';
import { AppError } from '@/lib/errors';
import type { SourceProbe } from '@/lib/media/source-probe';
import { hasEncryptedEntries } from '@/lib/mp4/encrypted-entries';
import type { Argv } from './args/argv';
import { keyframeArgs, packetTimeArgs, probeArgs } from './args/probe-args';
import { encryptedSource, parseProbe } from './parse-probe';
import { checkCaps, checkComplaint, tooComplex, tooManyStreams } from './probe-caps';
import { runFfprobe } from './run-ffmpeg';

/** An upload waits for these two: together they stay below a minute, whatever a small file is. */
const probeTimeoutSeconds = 25;
const durationTimeoutSeconds = 25;
/** What reads a whole file gets more for a large one. */
const slowestBytesPerSecond = 40e6;
const keyframeTimeoutSeconds = 600;

/**
 * Finds out what a file from outside holds.
 * @throws AppError `not-a-video` when no video or audio can be read from it, `source-encrypted`, `video-too-complex`, `tool-timeout`
 */
export async function probeSource(file: string, signal?: AbortSignal): Promise<SourceProbe> {
  const probe = parseProbe(await ffprobe(file, probeArgs(file), probeTimeoutSeconds, signal));
  if (probe.videos.length + probe.audios.length === 0) {
    throw new AppError('not-a-video', 'The file holds no video or audio that can be read.', {
      field: 'file',
    });
  }
  checkCaps(probe);
  if (probe.container.includes('mp4') && (await hasEncryptedEntries(file))) throw encryptedSource();
  if (probe.durationSeconds > 0) return probe;
  const measured = { ...probe, durationSeconds: await measureDuration(file, probe, signal) };
  checkCaps(measured);
  return measured;
}

const turns = pLimit(Math.max(4, availableParallelism()));

/** Honest files are looked into in less. */
const turnMilliseconds = 5000;

/**
 * The same for what has just come. Of many uploads that end at once a few are looked into at a time: to start a tool holds up
 * everybody for milliseconds, and each has memory of its own. One that takes long gives its turn to the next.
 */
export const probeUpload = (file: string): Promise<SourceProbe> => inUploadTurn(() => probeSource(file));

/** Looks into an upload by tools when it is its turn: see probeUpload. */
export async function inUploadTurn<Result>(look: () => Promise<Result>): Promise<Result> {
  const { looking } = await turns(async () => {
    const running = { looking: look() };
    await Promise.race([running.looking.catch(() => {}), setTimeout(turnMilliseconds, null, { ref: false })]);
    return running;
  });
  return await looking;
}

/** Recordings that were made live may not tell how long they are: the end of their last packet does. */
async function measureDuration(file: string, probe: SourceProbe, signal?: AbortSignal): Promise<number> {
  const [stream] = [...probe.videos, ...probe.audios];
  if (!stream) return 0;
  const { size } = await stat(file);
  const timeoutSeconds = durationTimeoutSeconds + size / slowestBytesPerSecond;
  const output = await ffprobe(file, packetTimeArgs(file, stream.index), timeoutSeconds, signal);
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
  const output = await ffprobe(file, keyframeArgs(file, streamIndex), keyframeTimeoutSeconds, signal);
  return output
    .split('\n')
    .map((line) => /^(-?[\d.]+),K/.exec(line)?.[1])
    .filter((time) => time !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

async function ffprobe(
  file: string,
  args: Argv,
  timeoutSeconds: number,
  signal?: AbortSignal,
): Promise<string> {
  try {
    const { stdout, stderr } = await runFfprobe({ args, reads: [file], timeoutSeconds, signal });
    checkComplaint(stderr);
    return stdout;
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-timeout') throw tooSlow(error);
    if (!(error instanceof AppError) || error.code !== 'tool-failed') throw error;
    // FFmpeg itself stops at a thousand.
    if (/exceeds max_streams/.test(String(error.cause))) throw tooManyStreams(error);
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

const tooSlow = (cause: unknown) =>
  tooComplex('The file takes too long to look into; it is too complex, or damaged.', cause);
