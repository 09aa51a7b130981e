import { settings } from '@/lib/env';
import { type ProcessOutput, runProcess } from '@/lib/processes/run-process';
import type { Argv } from './args/argv';
import { quietly, withProgress } from './args/input-args';
import { parseProgress } from './parse-progress';

export interface FfmpegRun {
  args: Argv;
  /** The folder that relative file names in the arguments are in. */
  folder?: string;
  signal?: AbortSignal | undefined;
  timeoutSeconds: number;
}

/** Runs ffmpeg; `onProgress` gets the seconds of output written so far. Errors: see runProcess. */
export function runFfmpeg(
  run: FfmpegRun,
  onProgress?: (doneSeconds: number) => void,
): Promise<ProcessOutput> {
  const command = settings().FFMPEG_PATH;
  if (!onProgress) return runProcess({ ...run, command, args: [...quietly, ...run.args] });
  const onLine = (line: string) => {
    const doneSeconds = parseProgress(line);
    if (doneSeconds !== null) onProgress(doneSeconds);
  };
  return runProcess({ ...run, command, args: [...quietly, ...withProgress, ...run.args], onLine });
}

/** Runs ffprobe and gives its output. Errors: see runProcess. */
export async function runFfprobe(run: FfmpegRun): Promise<string> {
  const { stdout } = await runProcess({ ...run, command: settings().FFPROBE_PATH });
  return stdout;
}
