import type { PackagePlan } from '@/lib/media/package-plan';
import { prepareArgs } from './args/prepare-args';
import { encodeFailed } from './encode-failed';
import { runFfmpeg } from './run-ffmpeg';

/** Encoding may be slow, but not endless: this many seconds of work for each second of video, and an hour at least. */
const timeoutFactor = 60;
const leastTimeoutSeconds = 3600;

/**
 * Makes the clear tracks of a plan in `folder`. `onProgress` gets the share that is done, from 0 to 1.
 * @throws AppError `encode-failed`
 */
export async function prepareTracks(
  source: string,
  plan: PackagePlan,
  folder: string,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<void> {
  const timeoutSeconds = Math.max(leastTimeoutSeconds, plan.durationSeconds * timeoutFactor);
  const tell = (seconds: number) => onProgress(Math.min(1, seconds / Math.max(plan.durationSeconds, 0.001)));
  await runFfmpeg({ args: prepareArgs(source, plan), folder, signal, timeoutSeconds }, tell).catch(
    encodeFailed,
  );
}
