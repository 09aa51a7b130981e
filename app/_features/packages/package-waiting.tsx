import type { PackageView } from '@/lib/packages/package-view';
import { Countdown } from './countdown';
import { queuePlaceText, waitingSentence } from './package-work-text';

/**
 * Why work on a package has not started, its place in the queue, and the time of the next attempt after a
 * failed one.
 */
export function PackageWaiting({ pkg }: { pkg: PackageView }) {
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
