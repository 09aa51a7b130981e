import { thumbnailSheet } from '@/lib/media/file-names';
import type { PackagePlan } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import { withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { type EncodeSettings, type Outputs, prepareArgs } from './args/prepare-args';
import { encodeFailed } from './encode-failed';
import { runFfmpeg } from './run-ffmpeg';

/**
 * Encoding may be slow, but not endless: this many seconds of work for each second of video, and an hour at
 * least.
 */
const timeoutFactor = 60;
const leastTimeoutSeconds = 3600;

/**
 * Makes clear tracks and thumbnails in `folder`; nothing when there is nothing to make. `onProgress` gets the
 * share that is done, from 0 to 1.
 * @returns what FFmpeg complained of
 * @throws AppError `encode-failed`
 */
export async function prepareTracks(
  tools: ToolRunner,
  source: SourceFile,
  outputs: Outputs,
  settings: EncodeSettings & Pick<PackagePlan, 'durationSeconds'>,
  folder: string,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<string> {
  if (outputs.renditions.length + outputs.audios.length === 0 && !outputs.storyboard) return '';
  const { durationSeconds } = settings;
  const timeoutSeconds = Math.max(leastTimeoutSeconds, durationSeconds * timeoutFactor);
  const report = (seconds: number) => onProgress(Math.min(1, seconds / Math.max(durationSeconds, 0.001)));
  const args = prepareArgs(source, outputs, settings);
  const encodes = outputs.storyboard !== null || outputs.renditions.some(({ mode }) => mode === 'encode');
  // Copied video, even with encoded audio, is the fast lane.
  const run = { args, reads: [source.path], weight: encodes ? 'heavy' : 'light', signal } as const;
  const names = [...outputs.renditions, ...outputs.audios].map(({ name }) => `${name}.mp4`);
  const requested = { into: folder, names, numbered: outputs.storyboard ? thumbnailSheet : undefined };
  const { stderr } = await withOutbox(requested, (outbox) =>
    runFfmpeg(tools, { ...run, outbox, timeoutSeconds }, report),
  ).catch(encodeFailed);
  return stderr;
}
