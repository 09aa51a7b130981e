import { AppError } from '@/lib/base/errors';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import type { Argv } from './args/argv';
import { allowOpeningArgs } from './args/input-args';
import { checkFrameSizeError, tooComplex, tooManyStreams } from './probe-caps';
import { type FfmpegRun, runFfprobe } from './run-ffmpeg';

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

/**
 * Runs ffprobe on a file from outside, and returns what it prints; with `onLine`, each line is given to that
 * instead.
 * @throws AppError `not-a-video`, `format-not-supported`, `video-too-complex`
 */
export async function askFfprobe(
  tools: ToolRunner,
  file: string,
  args: Argv,
  timeoutSeconds: number,
  signal?: AbortSignal,
  onLine?: (line: string) => void,
): Promise<string> {
  try {
    const { stdout, stderr } = await openingAll(tools, args, {
      reads: [file],
      timeoutSeconds,
      signal,
      ...(onLine && { onLine }),
    });
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
async function openingAll(tools: ToolRunner, args: Argv, run: Omit<FfmpegRun, 'args'>) {
  const refused = new Set<string>();
  const endsAt = performance.now() + run.timeoutSeconds * 1000;
  for (let left = mostRuns; ; left -= 1) {
    const more = refused.size > 0 ? allowOpeningArgs([...refused]) : [];
    try {
      // All runs together have the time of one.
      const timeoutSeconds = Math.max(1, (endsAt - performance.now()) / 1000);
      return await runFfprobe(tools, { ...run, timeoutSeconds, args: [...args, ...more] });
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
