import { AppError } from '@/lib/base/errors';
import type { Argv } from '@/lib/ffmpeg/args/argv';
import { type FfmpegRun, runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';
import type { ToolRunner } from '@/lib/processes/tool-runner';

/** The result of decoding: a line with a checksum for each frame, and the decoder's complaint. */
export interface Decoded {
  frames: string[];
  complaint: string | null;
}

/** The working folder of FFmpeg, and what it reads elsewhere; the time limit is 5 minutes by default. */
type DecodeRun = Pick<FfmpegRun, 'folder' | 'reads' | 'signal' | 'weight'> & { timeoutSeconds?: number };

/** Decodes; a failure is a result too, since garbage is expected with a wrong key. */
export async function decode(tools: ToolRunner, args: Argv, run: DecodeRun): Promise<Decoded> {
  try {
    const { stdout, stderr } = await runFfmpeg(tools, { timeoutSeconds: 300, ...run, args });
    const frames = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return { frames, complaint: stderr || null };
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-failed') {
      return { frames: [], complaint: error.cause instanceof Error ? error.cause.message : error.message };
    }
    throw error;
  }
}

/**
 * Decodes several files of one track each in one process, since starting FFmpeg takes longer than decoding a
 * moment. When one of them fails, each is decoded alone to find out which.
 */
export async function decodeEach(
  tools: ToolRunner,
  files: string[],
  argsOf: (files: string[]) => Argv,
  run: DecodeRun,
): Promise<Decoded[]> {
  const together = await decode(tools, argsOf(files), run);
  if (files.length === 1) return [together];
  if (together.complaint === null) return files.map((_, i) => ofInput(together, i));
  const all: Decoded[] = [];
  for (const file of files) all.push(await decode(tools, argsOf([file]), run));
  return all;
}

/** The lines of one input, numbered as if it were the only one. */
export function ofInput({ frames, complaint }: Decoded, index: number): Decoded {
  const mark = `${index},`;
  const own = frames.filter((line) => line.startsWith(mark));
  return { frames: own.map((line) => `0,${line.slice(mark.length)}`), complaint };
}
