'use client';

import type { PackageView } from '@/lib/packages/package-view';
import { isInWork } from '../stage-words';
import { CancelButton } from './cancel-button';
import { DoNextButton } from './do-next-button';
import { PackageProgress } from './package-progress';
import { RetryButton } from './retry-button';
import { canGoFirst, canRetry, outcomeOf } from './work-words';

interface PackageWorkProps {
  pkg: PackageView;
  /** Whether it offers to try again; false where that stands elsewhere. */
  hasRetry?: boolean;
  onChanged: () => Promise<void>;
}

/** Whether there is something to say of a package beyond its badge, or to do about the work on it. */
export function isTold(pkg: PackageView): boolean {
  return isInWork(pkg.status) || outcomeOf(pkg) !== null;
}

/** How the work on a package stands, and what can be done about it: call it off, do it next, try again. */
export function PackageWork({ pkg, hasRetry = true, onChanged }: PackageWorkProps) {
  if (!isTold(pkg)) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 sm:gap-x-6" data-testid="package-work">
      <div className="min-w-0 flex-1 basis-48">
        <PackageProgress pkg={pkg} />
      </div>
      <div className="flex max-w-full flex-wrap items-center gap-2 empty:hidden">
        {canGoFirst(pkg) && <DoNextButton pkg={pkg} onChanged={onChanged} />}
        {isInWork(pkg.status) && <CancelButton pkg={pkg} onChanged={onChanged} />}
        {hasRetry && canRetry(pkg) && <RetryButton pkg={pkg} onChanged={onChanged} />}
      </div>
    </div>
  );
}
