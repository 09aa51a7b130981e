import { stat } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import { asfDuration } from '@/lib/formats/containers/asf-file-properties';
import { isCutOff } from '@/lib/formats/containers/is-cut-off';
import { hasEncryptedEntries } from '@/lib/formats/mp4-files/encrypted-entries';
import { hasNoTables } from '@/lib/formats/mp4-files/missing-tables';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { firstPacketsArgs, keyframeArgs, packetTimeArgs, probeArgs } from './args/probe-args';
import { askFfprobe } from './ask-ffprobe';
import { possibleStills } from './choose-streams';
import { nothingPlayable } from './nothing-playable';
import { encryptedSource, sourceProbe } from './parse-probe';
import { checkCaps } from './probe-caps';
import { probeOtherStreams } from './probe-other-streams';
import { type RawProbe, readRawProbe } from './raw-probe';
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
export async function probeSource(
  tools: ToolRunner,
  file: string,
  signal?: AbortSignal,
): Promise<SourceProbe> {
  const raw = await probeRaw(tools, file, signal);
  const probe = sourceProbe(raw, await findStills(tools, file, raw, signal));
  await checkPlayable(file, probe);
  checkCaps(probe);
  if (probe.container.includes('mp4') && (await hasEncryptedEntries(file))) throw encryptedSource();
  const known = { ...probe, isCutOff: await isCutOff(file, probe.container) };
  if (probe.durationSeconds > 0) return known;
  const durationSeconds = (await asfDuration(file)) || (await measureDuration(tools, file, probe, signal));
  const measured = { ...known, durationSeconds };
  checkCaps(measured);
  return measured;
}

const cutOff = (cause: unknown) =>
  new AppError(
    'not-a-video',
    'The file is truncated: its end is missing, and with it the index of its frames. Upload it again.',
    { field: 'file', cause },
  );

/** ffprobe reports a file that is scrambled as a whole, or lacks its tables, as damaged. */
async function probeRaw(tools: ToolRunner, file: string, signal?: AbortSignal): Promise<RawProbe> {
  try {
    return readRawProbe(await askFfprobe(tools, file, probeArgs(file), probeTimeoutSeconds, signal));
  } catch (error) {
    const isUnreadable = error instanceof AppError && error.code === 'not-a-video';
    if (isUnreadable && (await hasScrambledPackets(file))) throw encryptedSource();
    if (isUnreadable && (await hasNoTables(file))) throw cutOff(error);
    const others = isUnreadable ? await probeOtherStreams(tools, file, signal) : null;
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
async function findStills(
  tools: ToolRunner,
  file: string,
  raw: RawProbe,
  signal?: AbortSignal,
): Promise<number[]> {
  const stills: number[] = [];
  for (const index of possibleStills(raw).slice(0, mostCounted)) {
    const times = await askFfprobe(
      tools,
      file,
      firstPacketsArgs(file, index),
      stillTimeoutSeconds,
      signal,
    ).catch(() => '');
    signal?.throwIfAborted();
    if (times.trim().split(/\s+/).filter(Boolean).length === 1) stills.push(index);
  }
  return stills;
}

/** The duration by the end of the last packet: live recordings may not state how long they are. */
async function measureDuration(
  tools: ToolRunner,
  file: string,
  probe: SourceProbe,
  signal?: AbortSignal,
): Promise<number> {
  const [stream] = [...probe.videos, ...probe.audios];
  if (!stream) return 0;
  const { size } = await stat(file);
  const timeoutSeconds = durationTimeoutSeconds + size / slowestBytesPerSecond;
  const output = await askFfprobe(tools, file, packetTimeArgs(file, stream.index), timeoutSeconds, signal);
  let end = 0;
  for (const line of output.split('\n')) {
    const [time = 0, length = 0] = line.split(',').map((field) => Number(field) || 0);
    end = Math.max(end, time + length);
  }
  return Math.max(0, end - probe.startSeconds);
}

/** The times, in seconds and ascending, of the keyframes of a video stream. Reads packet headers only. */
export async function probeKeyframes(
  tools: ToolRunner,
  file: string,
  streamIndex: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const output = await askFfprobe(
    tools,
    file,
    keyframeArgs(file, streamIndex),
    keyframeTimeoutSeconds,
    signal,
  );
  return output
    .split('\n')
    .map((line) => /^(-?[\d.]+),K/.exec(line)?.[1])
    .filter((time) => time !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}
