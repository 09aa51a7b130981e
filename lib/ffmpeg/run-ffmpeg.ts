import type { ProcessOutput, ProcessRequest, ToolRunner } from '@/lib/processes/tool-runner';
import type { Argv } from './args/argv';
import { commonArgs, withProgress } from './args/input-args';
import { parseProgress } from './parse-progress';

export type FfmpegRun = Omit<ProcessRequest, 'command'> & { args: Argv };

/** Runs ffmpeg; `onProgress` gets the seconds of output written so far. Errors: see ToolRunner. */
export function runFfmpeg(
  tools: ToolRunner,
  run: FfmpegRun,
  onProgress?: (doneSeconds: number) => void,
): Promise<ProcessOutput> {
  const command = tools.settings.FFMPEG_PATH;
  if (!onProgress) return tools.run({ ...run, command, args: [...commonArgs, ...run.args] });
  const onLine = (line: string) => {
    const doneSeconds = parseProgress(line);
    if (doneSeconds !== null) onProgress(doneSeconds);
  };
  return tools.run({ ...run, command, args: [...commonArgs, ...withProgress, ...run.args], onLine });
}

/** Runs ffprobe. Errors: see ToolRunner. */
export function runFfprobe(tools: ToolRunner, run: FfmpegRun): Promise<ProcessOutput> {
  return tools.run({ ...run, command: tools.settings.FFPROBE_PATH });
}
