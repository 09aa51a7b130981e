'use client';

import { useSyncExternalStore } from 'react';
import { formatPercent, formatUntil } from '@/app/_lib/format';
import { Progress } from '@/app/_ui/progress';
import type { PackageView } from '@/lib/packages/package-view';
import { activityOf } from './package-status-text';
import { outcomeOf, queuePlaceText, waitingSentence } from './package-work-text';

/**
 * The current work on a package, what it waits for, or how it ended; nothing if the badge says everything.
 */
export function PackageProgress({ pkg }: { pkg: PackageView }) {
  if (pkg.status === 'queued') return <Waiting pkg={pkg} />;
  const outcome = outcomeOf(pkg);
  if (outcome)
    return (
      <p className={`text-pretty text-sm ${outcome.isBad ? 'text-bad' : 'text-soft'}`}>{outcome.text}</p>
    );
  const activity = activityOf(pkg);
  if (activity === null) return null;
  return (
    <div data-testid="package-progress">
      <Progress label={activity} note={formatPercent(pkg.progress)} value={pkg.progress} />
    </div>
  );
}

/**
 * Why work on a package has not started, its place in the queue, and the time of the next attempt after a
 * failed one.
 */
function Waiting({ pkg }: { pkg: PackageView }) {
  const place = queuePlaceText(pkg);
  const nextAttempt = pkg.waiting?.notBefore;
  return (
    <div className="text-pretty text-soft text-sm tabular-nums" data-testid="package-waiting">
      <p>{waitingSentence(pkg)}</p>
      {place && <p className="mt-0.5 text-xs">{place}</p>}
      {nextAttempt && (
        <p className="mt-0.5 text-xs">
          Next attempt <Countdown iso={nextAttempt} />
        </p>
      )}
    </div>
  );
}

function everySecond(onTick: () => void): () => void {
  const timer = setInterval(onTick, 1000);
  return () => clearInterval(timer);
}

/** Counts down to a moment. Only the browser renders it: text from the server would be outdated at once. */
function Countdown({ iso }: { iso: string }) {
  const text = useSyncExternalStore(
    everySecond,
    () => formatUntil((Date.parse(iso) - Date.now()) / 1000),
    () => 'soon',
  );
  return <time dateTime={iso}>{text}</time>;
}
