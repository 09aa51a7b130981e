import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/base/errors';
import { log } from '@/lib/base/log';
import { withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { untrustedInputArgs } from './args/input-args';
import { probeArgs } from './args/probe-args';
import { hasNoDecodableFrames } from './has-no-decodable-frames';
import { type RawProbe, readRawProbe } from './raw-probe';
import { runFfmpeg, runFfprobe } from './run-ffmpeg';

/** A stream as ffmpeg lists it. */
interface ListedStream {
  index: number;
  kind: string;
  codec: string;
}

interface Listing {
  container: string;
  durationSeconds: number;
  startSeconds: number;
  streams: ListedStream[];
}

const timeoutSeconds = 25;
/** Enough to see whether a stream has more than one frame. */
const sampleSeconds = 10;
/** To try a decoder takes a start of ffmpeg for each. */
const mostTried = 12;
const media = ['Video', 'Audio'];
/** Containers that FFmpeg can write as well as read, by its names. */
const writable = ['mov', 'matroska', 'avi', 'mpegts', 'flv', 'asf'];

/**
 * Probes a file of which ffprobe reads nothing, because it ends at the first stream whose decoder cannot be
 * opened, as of ALAC with a damaged configuration: ffmpeg opens only the decoders that it uses. The other
 * streams are copied into a short sample, which ffprobe describes. Null where that does not help.
 */
export async function probeOtherStreams(
  tools: ToolRunner,
  file: string,
  outer?: AbortSignal,
): Promise<RawProbe | null> {
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutSeconds * 1000), ...(outer ? [outer] : [])]);
  try {
    return await probeOthers(tools, file, signal);
  } catch (error) {
    outer?.throwIfAborted();
    log().info({ err: error }, 'The streams of a file could not be probed one by one');
    return null;
  }
}

async function probeOthers(tools: ToolRunner, file: string, signal: AbortSignal): Promise<RawProbe | null> {
  const listing = await listStreams(tools, file, signal);
  const format = writable.find((name) => listing?.container.split(',').includes(name));
  const tried = listing?.streams.filter(({ kind }) => media.includes(kind)) ?? [];
  if (!listing || !format || tried.length < 2 || tried.length > mostTried) return null;
  const bad: ListedStream[] = [];
  for (const stream of tried)
    if (await hasNoDecodableFrames(tools, file, stream.index, signal)) bad.push(stream);
  const good = tried.filter((stream) => !bad.includes(stream)).map(({ index }) => index);
  if (bad.length === 0 || good.length === 0) return null;
  const sample = await probeSample(tools, file, good, format, signal);
  return asWhole(sample, listing, good, bad, (await stat(file)).size);
}

/** ffmpeg lists the streams of its input, and fails because it has no output. */
async function listStreams(tools: ToolRunner, file: string, signal: AbortSignal): Promise<Listing | null> {
  const args = ['-v', 'info', ...untrustedInputArgs, '-i', `file:${file}`];
  const text = await runFfmpeg(tools, { args, reads: [file], timeoutSeconds, signal }).then(
    ({ stderr }) => stderr,
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'tool-failed') return String(error.cause);
      throw error;
    },
  );
  const container = /^Input #0, ([\w,]+), from /m.exec(text)?.[1];
  if (!container) return null;
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^ *Duration: (\d+):(\d\d):([\d.]+)/m.exec(text)?.map(Number) ?? [];
  const streams = [...text.matchAll(/^ *Stream #0:(\d+)(?:\[0x\w+\])?(?:\(\w+\))?: (\w+): (\w+)/gm)].map(
    ([, index, kind = '', codec = '']) => ({ index: Number(index), kind, codec }),
  );
  return {
    container,
    durationSeconds: hours * 3600 + minutes * 60 + seconds,
    startSeconds: Number(/, start: (-?[\d.]+)/.exec(text)?.[1] ?? 0),
    streams,
  };
}

async function probeSample(
  tools: ToolRunner,
  file: string,
  streams: number[],
  format: string,
  signal: AbortSignal,
): Promise<RawProbe> {
  const maps = streams.flatMap((index) => ['-map', `0:${index}`]);
  const name = `${path.basename(file)}-sample`;
  const copy = ['-c', 'copy', '-t', String(sampleSeconds), '-f', format, '-y', name];
  const args = [...untrustedInputArgs, '-i', `file:${file}`, ...maps, ...copy];
  const folder = path.dirname(file);
  await withOutbox({ into: folder, names: [name] }, (outbox) =>
    runFfmpeg(tools, { args, outbox, reads: [file], timeoutSeconds, signal }),
  );
  const sample = path.join(folder, name);
  try {
    const { stdout } = await runFfprobe(tools, {
      args: probeArgs(sample),
      reads: [sample],
      timeoutSeconds,
      signal,
    });
    return readRawProbe(stdout);
  } finally {
    await rm(sample, { force: true });
  }
}

/** What ffprobe says of the sample, as if it had said it of the file. */
function asWhole(
  sample: RawProbe,
  { container, durationSeconds, startSeconds }: Listing,
  good: number[],
  bad: ListedStream[],
  sizeBytes: number,
): RawProbe {
  const indexOf = (index: number | undefined) => good[index ?? -1] ?? -1;
  const read = sample.streams.map(({ duration, tags = {}, ...stream }) => {
    const { DURATION, ...others } = tags;
    return { ...stream, index: indexOf(stream.index), tags: others };
  });
  const unread = bad.map(({ index, kind, codec }) => ({
    index,
    codec_type: kind.toLowerCase(),
    codec_name: codec,
  }));
  return {
    format: { format_name: container, duration: durationSeconds, start_time: startSeconds, size: sizeBytes },
    streams: [...read, ...unread].sort((a, b) => a.index - b.index),
    programs: [],
    packets: sample.packets.map((packet) => ({ ...packet, stream_index: indexOf(packet.stream_index) })),
  };
}
