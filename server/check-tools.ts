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
  const ask = async (command: string, ...args: string[]) =>
    (await tools.run({ command, args: ['-hide_banner', ...args], timeoutSeconds: 20 })).stdout;
  await ask(FFPROBE_PATH, '-version');
  const encoders = await ask(FFMPEG_PATH, '-encoders');
  const missing = neededEncoders.filter((name) => !new RegExp(`\\s${name}\\s`).test(encoders));
  if (missing.length > 0) {
    throw new AppError(
      'tool-missing',
      `"${FFMPEG_PATH}" was built without ${missing.join(' and ')}; use a full build of FFmpeg.`,
    );
  }
  const version = /version (\S+)/.exec(await ask(FFMPEG_PATH, '-version'))?.[1] ?? 'unknown';
  return { ffmpeg: version, packager: await packagerVersion(tools) };
}
