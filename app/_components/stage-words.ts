import type { PackageStatus, Stage } from '@/lib/media/status';
import type { PackageView } from '@/lib/packages/package-view';

/** What the worker does, for somebody who has never heard of it. */
const stageWords: Record<Stage, string> = {
  probe: 'Reading the video',
  copy: 'Copying the video',
  encode: 'Encoding',
  package: 'Encrypting',
  verify: 'Checking that it plays',
  publish: 'Publishing',
};

export type Tone = 'good' | 'work' | 'idle' | 'bad';
type Told = Pick<PackageView, 'status' | 'stage' | 'playable'>;

/** Whether something still happens to a package by itself. */
export function isInWork(status: PackageStatus): boolean {
  return status === 'queued' || status === 'processing';
}

/** One or two words for a package's badge, and the colour that goes with them. */
export function badgeOf({ status, playable }: Told): { tone: Tone; text: string } {
  if (status === 'queued') return { tone: 'idle', text: playable ? 'Playable' : 'Waiting for its turn' };
  if (status === 'processing')
    return playable ? { tone: 'good', text: 'Playable' } : { tone: 'work', text: 'Packaging' };
  if (status === 'ready') return { tone: 'good', text: 'Ready' };
  if (status === 'failed') return { tone: 'bad', text: playable ? 'Incomplete' : 'Failed' };
  return { tone: 'idle', text: 'Canceled' };
}

/** A sentence on what happens now; null when nothing does. */
export function activityOf({ status, stage, playable }: Told): string | null {
  if (status === 'queued') return 'Waiting for its turn';
  if (status !== 'processing') return null;
  const words = stage === null ? 'Starting' : stageWords[stage];
  return playable ? `Adding more resolutions: ${words.toLowerCase()}` : words;
}
