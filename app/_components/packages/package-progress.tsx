import type { PackageView } from '@/lib/packages/package-view';
import { formatPercent } from '../format';
import { ProgressBar } from '../progress-bar';
import { activityOf } from '../stage-words';

/** What a package is going through now, or why it failed; nothing when its badge says it all. */
export function PackageProgress({ pkg }: { pkg: PackageView }) {
  if (pkg.status === 'failed') return <p className="text-bad text-sm">{failureSentence(pkg)}</p>;
  const activity = activityOf(pkg);
  if (pkg.status !== 'processing' || activity === null) return null;
  return (
    <div>
      <p className="mb-1.5 flex justify-between gap-3 text-soft text-xs tabular-nums">
        <span>{activity}</span>
        <span>{formatPercent(pkg.progress)}</span>
      </p>
      <ProgressBar label={activity} value={pkg.progress} />
    </div>
  );
}

function failureSentence({ playable, error }: PackageView): string {
  const reason = error?.message ?? 'Packaging failed.';
  return playable ? `It plays, but not everything could be made. ${reason}` : reason;
}
