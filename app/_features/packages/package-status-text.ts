import type { PackageStatus, Stage } from '@/lib/media/status';
import type { PackageView } from '@/lib/packages/package-view';

/** The worker's stages, in words for people who do not know them. */
const stageWords: Record<Stage, string> = {
  reserve: 'Waiting for disk space that others have reserved',
  probe: 'Reading the video',
  copy: 'Copying the video',
  encode: 'Encoding',
  package: 'Encrypting',
  verify: 'Checking that it plays',
  publish: 'Publishing',
};

export type Tone = 'good' | 'work' | 'idle' | 'bad';
type StatusFields = Pick<PackageView, 'status' | 'stage' | 'playable'> &
  Partial<Pick<PackageView, 'waiting'>>;

/** Whether work on a package waits or runs. */
export function isInWork(status: PackageStatus): boolean {
  return status === 'queued' || status === 'processing';
}

/** One or two words for a package's badge, and their color. */
export function badgeOf({ status, playable, waiting }: StatusFields): { tone: Tone; text: string } {
  if (status === 'queued') {
    if (playable) return { tone: 'good', text: 'Playable' };
    return { tone: 'idle', text: waiting?.reason === 'retry' ? 'Trying again soon' : 'Waiting for its turn' };
  }
  if (status === 'processing')
    return playable ? { tone: 'good', text: 'Playable' } : { tone: 'work', text: 'Packaging' };
  if (status === 'ready') return { tone: 'good', text: 'Ready' };
  if (status === 'failed') return { tone: 'bad', text: playable ? 'Incomplete' : 'Failed' };
  return { tone: 'idle', text: 'Canceled' };
}

/** The first stages of the next version of a package that is already playable. */
const nextVersionWords: Partial<Record<Stage, string>> = { probe: 'starting', copy: 'preparing the tracks' };

/** A sentence about the current work; null when there is none. */
export function activityOf({ status, stage, playable }: StatusFields): string | null {
  if (status === 'queued') return playable ? 'The next version waits for its turn' : 'Waiting for its turn';
  if (status !== 'processing') return null;
  const words = stage === null ? 'Starting' : stageWords[stage];
  if (!playable) return words;
  if (stage === 'encode') return 'Adding more resolutions: encoding';
  return `Making the next version: ${(stage && nextVersionWords[stage]) ?? words.toLowerCase()}`;
}

/** Why a package can't be changed now, as a sentence; null when it can. */
export function whyNotEditable({ status, playable }: StatusFields): string | null {
  if (isInWork(status))
    return playable
      ? 'Possible when the work on this package is done.'
      : 'Possible when this package is ready.';
  return playable ? null : 'Not possible: this package was never finished.';
}
