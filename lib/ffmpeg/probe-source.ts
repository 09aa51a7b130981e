import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';
import { asfDuration } from '@/lib/containers/asf-file-properties';
import { isCutOff } from '@/lib/containers/is-cut-off';
import { AppError } from '@/lib/errors';
import type { SourceProbe } from '@/lib/media/source-probe';
import { hasEncryptedEntries } from '@/lib/mp4/encrypted-entries';
import { hasNoTables } from '@/lib/mp4/has-no-tables';
import type { Argv } from './args/argv';
import { allowOpeningArgs } from './args/input-args';
import { firstPacketsArgs, keyframeArgs, packetTimeArgs, probeArgs } from './args/probe-args';
import { possibleStills } from './choose-streams';
import { nothingPlayable } from './nothing-playable';
import { encryptedSource, sourceProbe } from './parse-probe';
import { checkCaps, checkFrameSizeError, tooComplex, tooManyStreams } from './probe-caps';
import { probeOtherStreams } from './probe-other-streams';
import { type RawProbe, readRawProbe } from './raw-probe';
import { type FfmpegRun, runFfprobe } from './run-ffmpeg';
import { hasScrambledPackets } from './scrambled-packets';

/** An upload waits for these two: together they stay below a minute for every small file. */
const probeTimeoutSeconds = 25;
const durationTimeoutSeconds = 25;
/** The time to find the second frame of a stream, for at most this many streams. */
const stillTimeoutSeconds = 5;
const mostCounted = 2;
/** Runs that read a whole file get more time for a large one. */
const slowestBytesPerSecond = 40e6;
const keyframeTimeoutSeconds = 600;

/**
 * Probes a file from outside.
 * @throws AppError `not-a-video` when no video or audio can be read from it, `format-not-supported`,
 * `codec-not-supported` when all of it is in codecs that are not decoded, `source-encrypted`,
 * `video-too-complex`, `tool-timeout`
 */
export async function probeSource(file: string, signal?: AbortSignal): Promise<SourceProbe> {
  const raw = await probeRaw(file, signal);
  const probe = sourceProbe(raw, await findStills(file, raw, signal));
  await checkPlayable(file, probe);
  checkCaps(probe);
  if (probe.container.includes('mp4') && (await hasEncryptedEntries(file))) throw encryptedSource();
  const known = { ...probe, isCutOff: await isCutOff(file, probe.container) };
  if (probe.durationSeconds > 0) return known;
  const durationSeconds = (await asfDuration(file)) || (await measureDuration(file, probe, signal));
  const measured = { ...known, durationSeconds };
  checkCaps(measured);
  return measured;
}

/**
 * Formats of audio and video, by FFmpeg's names, that sources may not have. What else is not on its list,
 * such as a playlist, is no video.
 */
// biome-ignore format: one group a line
const otherFormats = [
  'mxf', 'mxf_opatom', 'gxf', 'dv', 'ivf', 'nut', 'rm', 'wtv', 'swf', 'nsv', 'nuv', 'yuv4mpegpipe', 'bink', 'smk',
  'gif', 'apng', 'webp_pipe', 'aiff', 'caf', 'amr', 'ape', 'wv', 'tta', 'w64', 'dsf', 'au', 'voc', 'dts', 'truehd',
];

const formatNotSupported = (format: string, cause: unknown) =>
  new AppError(
    'format-not-supported',
    `The file's format (${format}) is not supported. Convert it, for example to MP4, and upload that.`,
    { field: 'file', cause },
  );

const cutOff = (cause: unknown) =>
  new AppError(
    'not-a-video',
    'The file is cut off: its end is missing, and with it the tables that say where its frames are. Upload it again.',
    { field: 'file', cause },
  );

/** ffprobe reports a file that is scrambled as a whole, or lacks its tables, as damaged. */
async function probeRaw(file: string, signal?: AbortSignal): Promise<RawProbe> {
  try {
    return readRawProbe(await ffprobe(file, probeArgs(file), probeTimeoutSeconds, signal));
  } catch (error) {
    const isUnreadable = error instanceof AppError && error.code === 'not-a-video';
    if (isUnreadable && (await hasScrambledPackets(file))) throw encryptedSource();
    if (isUnreadable && (await hasNoTables(file))) throw cutOff(error);
    const others = isUnreadable ? await probeOtherStreams(file, signal) : null;
    if (others) return others;
    throw error;
  }
}

async function checkPlayable(file: string, { container, videos, audios, leftOut = [] }: SourceProbe) {
  if (videos.length + audios.length > 0) return;
  if (container === 'mpegts' && (await hasScrambledPackets(file))) throw encryptedSource();
  throw nothingPlayable(leftOut);
}

/**
 * The indexes of video streams that hold one frame, among those where the first packets do not decide it. A
 * stream whose second packet is not found in time counts as video: much of the file has been searched for it.
 */
async function findStills(file: string, raw: RawProbe, signal?: AbortSignal): Promise<number[]> {
  const stills: number[] = [];
  for (const index of possibleStills(raw).slice(0, mostCounted)) {
    const times = await ffprobe(file, firstPacketsArgs(file, index), stillTimeoutSeconds, signal).catch(
      () => '',
    );
    signal?.throwIfAborted();
    if (times.trim().split(/\s+/).filter(Boolean).length === 1) stills.push(index);
  }
  return stills;
}

const turns = pLimit(Math.max(4, availableParallelism()));

/** Valid files probe faster than this. */
const turnMilliseconds = 5000;

/**
 * Probes a new upload. When many uploads end at once, only a few are probed at a time: starting a tool blocks
 * the event loop for milliseconds, and each takes memory. A slow one gives its turn to the next.
 * @throws AppError as probeSource
 */
export const probeUpload = (file: string): Promise<SourceProbe> => inUploadTurn(() => probeSource(file));

/** Runs tools on an upload when it is its turn: see probeUpload. */
export async function inUploadTurn<Result>(look: () => Promise<Result>): Promise<Result> {
  const { looking } = await turns(async () => {
    const running = { looking: look() };
    await Promise.race([running.looking.catch(() => {}), setTimeout(turnMilliseconds, null, { ref: false })]);
    return running;
  });
  return await looking;
}

/** The duration by the end of the last packet: live recordings may not state how long they are. */
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
    const { stdout, stderr } = await openingAll(args, { reads: [file], timeoutSeconds, signal });
    checkFrameSizeError(stderr);
    return stdout;
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-timeout') throw tooSlow(error);
    if (!(error instanceof AppError) || error.code !== 'tool-failed') throw error;
    // FFmpeg itself stops at a thousand.
    if (/exceeds max_streams/.test(String(error.cause))) throw tooManyStreams(error);
    const format = /\[([\w,]+) @ \w+\] Format not on whitelist/.exec(String(error.cause))?.[1];
    if (format && otherFormats.includes(format)) throw formatNotSupported(format, error);
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

/**
 * Each new run names decoders that the one before had to open; only a file made to be a burden has more than
 * a few kinds.
 */
const mostRuns = 6;

/** Runs ffprobe until it may open the decoders of all streams: see `allowOpeningArgs`. */
async function openingAll(args: Argv, run: Omit<FfmpegRun, 'args'>) {
  const refused = new Set<string>();
  const endsAt = performance.now() + run.timeoutSeconds * 1000;
  for (let left = mostRuns; ; left -= 1) {
    const more = refused.size > 0 ? allowOpeningArgs([...refused]) : [];
    try {
      // All runs together have the time of one.
      const timeoutSeconds = Math.max(1, (endsAt - performance.now()) / 1000);
      return await runFfprobe({ ...run, timeoutSeconds, args: [...args, ...more] });
    } catch (error) {
      const cause = error instanceof AppError && error.code === 'tool-failed' ? String(error.cause) : '';
      const names = [...cause.matchAll(/Codec \(([\w.-]+)\) not on whitelist/g)].map(([, name = '']) => name);
      const isNew = names.some((name) => !refused.has(name));
      if (!isNew || left <= 1) throw error;
      for (const name of names) refused.add(name);
    }
  }
}

const tooSlow = (cause: unknown) =>
  tooComplex('The file takes too long to analyze; it is too complex, or damaged.', cause);
