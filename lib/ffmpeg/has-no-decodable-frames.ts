import { AppError } from '@/lib/base/errors';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { untrustedInputArgs } from './args/input-args';
import { runFfmpeg } from './run-ffmpeg';

/** Decoding stops at the first frame; a stream without any is read to its end. */
const timeoutSeconds = 600;

/** Whether FFmpeg decodes no frame at all of a stream. Errors: see runFfmpeg. */
export async function hasNoDecodableFrames(
  tools: ToolRunner,
  source: string,
  index: number,
  signal: AbortSignal,
): Promise<boolean> {
  const oneFrame = ['-map', `0:${index}`, '-frames', '1', '-f', 'framecrc', 'pipe:1'];
  const args = [...untrustedInputArgs, '-i', `file:${source}`, ...oneFrame];
  try {
    const { stdout } = await runFfmpeg(tools, { args, reads: [source], signal, timeoutSeconds });
    return !/^\d/m.test(stdout);
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-failed') return true;
    throw error;
  }
}
