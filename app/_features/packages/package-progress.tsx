import { formatPercent } from '@/app/_lib/format';
import { ProgressBar } from '@/app/_ui/progress-bar';
import type { PackageView } from '@/lib/packages/package-view';
import { activityOf } from './package-status-text';
import { PackageWaiting } from './package-waiting';
import { outcomeOf } from './package-work-text';

/**
 * The current work on a package, what it waits for, or how it ended; nothing if the badge says everything.
 */
export function PackageProgress({ pkg }: { pkg: PackageView }) {
  if (pkg.status === 'queued') return <PackageWaiting pkg={pkg} />;
  const outcome = outcomeOf(pkg);
  if (outcome)
    return (
      <p className={`text-pretty text-sm ${outcome.isBad ? 'text-bad' : 'text-soft'}`}>{outcome.text}</p>
    );
  const activity = activityOf(pkg);
  if (activity === null) return null;
  return (
    <div data-testid="package-progress">
      <p className="mb-1.5 flex justify-between gap-3 text-soft text-xs tabular-nums">
        <span>{activity}</span>
        <span>{formatPercent(pkg.progress)}</span>
      </p>
      <ProgressBar label={activity} value={pkg.progress} />
    </div>
  );
}
