'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { buttonStyle, labelStyle } from '@/app/_ui/button-style';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { FailureLine } from '@/app/_ui/failure-line';
import type { PackageView } from '@/lib/packages/package-view';
import { cancelLoss } from './package-work-text';

interface CancelButtonProps {
  pkg: PackageView;
  onChanged: () => Promise<void>;
}

/** Cancels the work on a package, after a question if something is lost; shown as long as there is work. */
export function CancelButton({ pkg, onChanged }: CancelButtonProps) {
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
  const size = isUnderWay ? 'normal' : 'folding';
  return (
    <>
      <button
        type="button"
        className={buttonStyle('plain', size)}
        title={size === 'folding' ? 'Cancel' : undefined}
        onClick={() => (loss === null ? attempt(cancel) : setAsking(true))}
        disabled={isUnderWay}
      >
        <X className="size-4" aria-hidden="true" />
        <span className={labelStyle(size)}>{isUnderWay ? 'Canceling…' : 'Cancel'}</span>
      </button>
      <FailureLine text={failure} className="order-last basis-full" />
      {isAsking && (
        <ConfirmDialog
          title={`Cancel the work on package ${pkg.id}?`}
          confirmLabel="Cancel the work"
          closeLabel="Keep working"
          onConfirm={cancel}
          onClose={() => setAsking(false)}
        >
          <p>{loss}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
