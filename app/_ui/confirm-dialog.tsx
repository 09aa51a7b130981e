'use client';

import type { ReactNode } from 'react';
import { useAttempt } from '@/app/_lib/use-attempt';
import { buttonStyle } from './button-style';
import { Dialog } from './dialog';
import { FailureLine } from './failure-line';

interface ConfirmDialogProps {
  title: string;
  /** What is lost. */
  children: ReactNode;
  confirmLabel: string;
  /** The label of the button that changes nothing. */
  closeLabel?: string;
  /** The dialog stays open with the reason when this throws. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something is lost. It is open as long as it is rendered. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  closeLabel = 'Cancel',
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const { attempt, isBusy, failure } = useAttempt();
  return (
    <Dialog title={title} onClose={onClose}>
      {(close) => (
        <>
          <div className="mt-2 text-pretty text-soft text-sm">{children}</div>
          <FailureLine text={failure} className="mt-4" />
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <button type="button" className={buttonStyle('plain')} onClick={close}>
              {closeLabel}
            </button>
            <button
              type="button"
              className={buttonStyle('danger')}
              onClick={() => attempt(() => onConfirm().then(close))}
              disabled={isBusy}
            >
              {confirmLabel}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
