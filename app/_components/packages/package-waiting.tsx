import type { PackageView } from '@/lib/packages/package-view';
import { Until } from '../until';
import { placeWords, waitingSentence } from './work-words';

/** Why work on a package has not begun, its place in the queue, and when the next attempt comes after a failed one. */
export function PackageWaiting({ pkg }: { pkg: PackageView }) {
  const place = placeWords(pkg);
  const nextAttempt = pkg.waiting?.notBefore;
  return (
    <div className="text-pretty text-soft text-sm tabular-nums" data-testid="package-waiting">
      <p>{waitingSentence(pkg)}</p>
      {place && <p className="mt-0.5 text-xs">{place}</p>}
      {nextAttempt && (
        <p className="mt-0.5 text-xs">
          Next attempt <Until iso={nextAttempt} />
        </p>
      )}
    </div>
  );
}
