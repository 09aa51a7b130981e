import type { PackageView } from '@/lib/packages/package-view';
import { formatPercent } from '../format';
import { ProgressBar } from '../progress-bar';
import { activityOf } from '../stage-words';
import { PackageWaiting } from './package-waiting';
import { outcomeOf } from './work-words';

/** What a package is going through now, what it waits for, or how it ended; nothing when its badge says it all. */
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
