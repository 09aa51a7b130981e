'use client';

import { RotateCcw } from 'lucide-react';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { buttonStyle, labelStyle } from '@/app/_ui/button-style';
import { FailureLine } from '@/app/_ui/failure-line';
import type { PackageView } from '@/lib/packages/package-view';

interface RetryButtonProps {
  pkg: PackageView;
  /** Whether it is beside a more important button, such as Play. */
  isAside?: boolean;
  onChanged: () => Promise<void>;
}

/** Retries a package that failed or was canceled. */
export function RetryButton({ pkg, isAside = false, onChanged }: RetryButtonProps) {
  const { attempt, isBusy, failure } = useAttempt();
  const size = isAside ? 'folding' : 'normal';
  const retry = () =>
    attempt(async () => {
      await callApi('POST', '/api/packages/{id}/retry', { params: { id: pkg.id } });
      await onChanged();
    });
  return (
    <>
      <button
        type="button"
        className={buttonStyle(isAside || pkg.playable ? 'plain' : 'primary', size)}
        title={isAside ? 'Try again' : undefined}
        onClick={retry}
        disabled={isBusy}
      >
        <RotateCcw className="size-4" aria-hidden="true" />
        <span className={labelStyle(size)}>Try again</span>
      </button>
      <FailureLine text={failure} className="order-last basis-full" />
    </>
  );
}
