'use client';

import { ArrowUpToLine, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { callApi, failureOf } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/dialog';
import { FailureLine } from '@/app/_ui/notice';
import type { PackageView } from '@/lib/packages/package-view';
import { cancelLoss } from './package-work-text';

interface WorkButtonProps {
  pkg: PackageView;
  onChanged: () => Promise<void>;
}

/** Cancels the work on a package, after a question if something is lost; shown as long as there is work. */
export function CancelButton({ pkg, onChanged }: WorkButtonProps) {
  const [isAsking, setAsking] = useState(false);
  // Running work ends a moment after the response; until then this button stays.
  const [isCanceled, setCanceled] = useState(false);
  const { attempt, isBusy, failure } = useAttempt();
  const loss = cancelLoss(pkg);
  const cancel = async () => {
    await callApi('POST', '/api/packages/{id}/cancel', { params: { id: pkg.id } });
    setCanceled(true);
    await onChanged();
  };
  const isUnderWay = isBusy || isCanceled;
  return (
    <>
      <Button
        size={isUnderWay ? 'normal' : 'folding'}
        icon={X}
        onClick={() => (loss === null ? attempt(cancel) : setAsking(true))}
        disabled={isUnderWay}
      >
        {isUnderWay ? 'Canceling…' : 'Cancel'}
      </Button>
      <FailureLine text={failure} className="order-last basis-full" />
      {isAsking && (
        <ConfirmDialog
          title={`Cancel the work on package ${pkg.id}?`}
          confirmLabel="Cancel the work"
          closeLabel="Keep working"
          onConfirm={() => failureOf(cancel)}
          onClose={() => setAsking(false)}
        >
          {loss}
        </ConfirmDialog>
      )}
    </>
  );
}

/** Moves the work on a package to the front of the queue. */
export function DoNextButton({ pkg, onChanged }: WorkButtonProps) {
  const { attempt, isBusy, failure } = useAttempt();
  const prioritize = async () => {
    const body = { priority: 'high' } as const;
    await callApi('PATCH', '/api/packages/{id}', { params: { id: pkg.id }, body });
    await onChanged();
  };
  return (
    <>
      <Button icon={ArrowUpToLine} onClick={() => attempt(prioritize)} disabled={isBusy}>
        Do next
      </Button>
      <FailureLine text={failure} className="order-last basis-full" />
    </>
  );
}

interface RetryButtonProps extends WorkButtonProps {
  /** Whether it is beside a more important button, such as Play. */
  isAside?: boolean;
}

/** Retries a package that failed or was canceled. */
export function RetryButton({ pkg, isAside = false, onChanged }: RetryButtonProps) {
  const { attempt, isBusy, failure } = useAttempt();
  const retry = async () => {
    await callApi('POST', '/api/packages/{id}/retry', { params: { id: pkg.id } });
    await onChanged();
  };
  return (
    <>
      <Button
        kind={isAside || pkg.playable ? 'plain' : 'primary'}
        size={isAside ? 'folding' : 'normal'}
        icon={RotateCcw}
        onClick={() => attempt(retry)}
        disabled={isBusy}
      >
        Try again
      </Button>
      <FailureLine text={failure} className="order-last basis-full" />
    </>
  );
}
