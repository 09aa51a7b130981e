import type { ToolVersions } from '@/lib/app/health';
import { AppError } from '@/lib/base/errors';
import { packagerVersion } from '@/lib/packager/run-packager';
import type { ToolRunner } from '@/lib/processes/tool-runner';

const neededEncoders = ['libx264', 'aac'];

/**
 * Checks that the tools exist and support what is needed.
 * @throws AppError `tool-missing`, saying which and how to get it
 */
export async function checkTools(tools: ToolRunner): Promise<ToolVersions> {
  const { FFMPEG_PATH, FFPROBE_PATH } = tools.settings;
  const ask = (command: string, ...args: string[]) => tools.run({ command, args, timeoutSeconds: 20 });
  const [{ stdout: encoders, stderr: banner }, packager] = await Promise.all([
    ask(FFMPEG_PATH, '-encoders'),
    packagerVersion(tools),
    ask(FFPROBE_PATH, '-version'),
  ]);
  const missing = neededEncoders.filter((name) => !new RegExp(`\\s${name}\\s`).test(encoders));
  if (missing.length > 0) {
    throw new AppError(
      'tool-missing',
      `"${FFMPEG_PATH}" was built without ${missing.join(' and ')}; use a full build of FFmpeg.`,
    );
  }
  return { ffmpeg: /version (\S+)/.exec(banner)?.[1] ?? 'unknown', packager };
}
