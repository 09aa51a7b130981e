import { settings } from '@/lib/env';
import { type ProcessOutput, type ProcessRequest, runProcess } from '@/lib/processes/run-process';
import type { Argv } from './args/argv';
import { commonArgs, withProgress } from './args/input-args';
import { parseProgress } from './parse-progress';

export type FfmpegRun = Omit<ProcessRequest, 'command'> & { args: Argv };

/** Runs ffmpeg; `onProgress` gets the seconds of output written so far. Errors: see runProcess. */
export function runFfmpeg(
  run: FfmpegRun,
  onProgress?: (doneSeconds: number) => void,
): Promise<ProcessOutput> {
  const command = settings().FFMPEG_PATH;
  if (!onProgress) return runProcess({ ...run, command, args: [...commonArgs, ...run.args] });
  const onLine = (line: string) => {
    const doneSeconds = parseProgress(line);
    if (doneSeconds !== null) onProgress(doneSeconds);
  };
  return runProcess({ ...run, command, args: [...commonArgs, ...withProgress, ...run.args], onLine });
}

/** Runs ffprobe. Errors: see runProcess. */
export function runFfprobe(run: FfmpegRun): Promise<ProcessOutput> {
  return runProcess({ ...run, command: settings().FFPROBE_PATH });
}
