import { formatPercent } from '@/app/_lib/format';
import type { PackageView } from '@/lib/packages/package-view';
import { activityOf } from './package-status-text';

type Waiting = Pick<PackageView, 'status' | 'stage' | 'playable' | 'waiting' | 'error'>;

/** Why work on a package has not started. `queuePlaceText` gives its place in the queue. */
export function waitingSentence({ waiting, error, ...pkg }: Waiting): string {
  const activity = `${activityOf({ ...pkg, waiting })}.`;
  if (waiting === null) return activity;
  if (waiting.reason === 'retry') return error ? `${error.message} ${waiting.message}` : waiting.message;
  return pkg.playable ? `${activity} ${waiting.message}` : waiting.message;
}

/** The package's place in the queue; null when no other goes first. */
export function queuePlaceText({ waiting }: Pick<PackageView, 'waiting'>): string | null {
  if (waiting?.reason !== 'queue') return null;
  return `Place ${waiting.place} in the queue${waiting.priority === 'high' ? ', with high priority' : ''}`;
}

/** Whether high priority can move the package forward in the queue. */
export function canGoFirst({ waiting }: Pick<PackageView, 'waiting'>): boolean {
  return waiting?.reason === 'queue' && waiting.priority !== 'high';
}

/** Whether the package, or a change of its text tracks, can be retried. */
export function canRetry({ status, textsBehind }: Pick<PackageView, 'status' | 'textsBehind'>): boolean {
  return status === 'failed' || status === 'canceled' || (status === 'ready' && textsBehind);
}

/** How the last work on a package ended, if it failed or was canceled; null otherwise. */
export function outcomeOf({
  status,
  playable,
  error,
  textsBehind,
}: Pick<PackageView, 'status' | 'playable' | 'error' | 'textsBehind'>): {
  isBad: boolean;
  text: string;
} | null {
  const reason = error?.message ?? 'Packaging failed.';
  if (status === 'failed') {
    return {
      isBad: true,
      text: playable ? `It plays, but its next version could not be made. ${reason}` : reason,
    };
  }
  if (status === 'canceled') {
    const text = playable
      ? 'The published version still plays. The rest was canceled.'
      : 'Packaging was canceled before there was anything to play.';
    return { isBad: false, text };
  }
  if (status === 'ready' && textsBehind && !error)
    return { isBad: false, text: 'It plays, but the last change to its captions was canceled.' };
  return status === 'ready' && error ? { isBad: true, text: `The last change failed: ${reason}` } : null;
}

/** What canceling loses, for the question before it; null when nothing is lost and no question is needed. */
export function cancelLoss({
  status,
  playable,
  progress,
}: Pick<PackageView, 'status' | 'playable' | 'progress'>): string | null {
  if (playable)
    return 'The published version still plays. The next version is lost, with the work done so far.';
  if (status !== 'processing') return null;
  const done = progress >= 0.01 ? ` (${formatPercent(progress)})` : '';
  return `The work done so far${done} is lost, and there is nothing to play yet. The video itself stays: you can try again later, from the start.`;
}
