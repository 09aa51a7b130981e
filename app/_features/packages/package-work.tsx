'use client';

import { useSession } from '@/app/_lib/session';
import type { PackageView } from '@/lib/packages/package-view';
import { PackageProgress } from './package-progress';
import { isInWork } from './package-status-text';
import { canGoFirst, canRetry, outcomeOf } from './package-work-text';
import { CancelButton, DoNextButton, RetryButton } from './work-buttons';

interface PackageWorkProps {
  pkg: PackageView;
  /** Whether to show a retry button; false if there is one elsewhere. */
  hasRetry?: boolean;
  onChanged: () => Promise<void>;
}

/** Whether a package has more to show than its badge, or actions for its work. */
export function showsWork(pkg: PackageView): boolean {
  return isInWork(pkg.status) || outcomeOf(pkg) !== null;
}

/** The state of the work on a package, and its actions: cancel it, do it next, try again. */
export function PackageWork({ pkg, hasRetry = true, onChanged }: PackageWorkProps) {
  const { may } = useSession();
  if (!showsWork(pkg)) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 sm:gap-x-6" data-testid="package-work">
      <div className="min-w-0 flex-1 basis-48">
        <PackageProgress pkg={pkg} />
      </div>
      {may('package.write') && (
        <div className="flex max-w-full flex-wrap items-center gap-2 empty:hidden">
          {canGoFirst(pkg) && <DoNextButton pkg={pkg} onChanged={onChanged} />}
          {isInWork(pkg.status) && <CancelButton pkg={pkg} onChanged={onChanged} />}
          {hasRetry && canRetry(pkg) && <RetryButton pkg={pkg} onChanged={onChanged} />}
        </div>
      )}
    </div>
  );
}
