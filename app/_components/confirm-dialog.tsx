'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { buttonStyle } from './button-style';
import { FailureLine } from './failure-line';
import { useAttempt } from './use-attempt';

interface ConfirmDialogProps {
  title: string;
  /** What is lost. */
  children: ReactNode;
  confirmLabel: string;
  /** The dialog stays open with the reason when this throws. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something is lost. It is open for as long as it is rendered. */
export function ConfirmDialog({ title, children, confirmLabel, onConfirm, onClose }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const { attempt, isBusy, failure } = useAttempt();
  const close = () => dialog.current?.close();
  const confirm = () => attempt(() => onConfirm().then(close));

  useEffect(() => dialog.current?.showModal(), []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="panel m-auto w-[calc(100%-2rem)] max-w-md p-6 text-ink shadow-dialog"
    >
      <h2 id={titleId} className="font-semibold text-lg tracking-tight">
        {title}
      </h2>
      <div className="mt-2 text-pretty text-soft text-sm">{children}</div>
      <FailureLine text={failure} className="mt-4" />
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <button type="button" className={buttonStyle('plain')} onClick={close}>
          Cancel
        </button>
        <button type="button" className={buttonStyle('danger')} onClick={confirm} disabled={isBusy}>
          {confirmLabel}
        </button>
      </div>
    </dialog>
  );
}
