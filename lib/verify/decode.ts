import { AppError } from '@/lib/errors';
import type { Argv } from '@/lib/ffmpeg/args/argv';
import { runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';

/** What came of decoding something: a line with a checksum for each frame, and whether the decoder complained. */
export interface Decoded {
  frames: string[];
  complaint: string | null;
}

/** Decodes, taking failure for an answer: rubbish is expected when the key is a wrong one. */
export async function decode(args: Argv, folder: string, signal: AbortSignal): Promise<Decoded> {
  try {
    const { stdout, stderr } = await runFfmpeg({ args, folder, signal, timeoutSeconds: 300 });
    const frames = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return { frames, complaint: stderr || null };
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool-failed') {
      return { frames: [], complaint: error.cause instanceof Error ? error.cause.message : error.message };
    }
    throw error;
  }
}

/** Whether two decodes gave the same pictures and sound. */
export function sameFrames(one: Decoded, other: Decoded): boolean {
  return one.frames.join('\n') === other.frames.join('\n');
}
