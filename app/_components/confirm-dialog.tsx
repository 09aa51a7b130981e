'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { sentenceOf } from './api-client';
import { buttonStyle } from './button-style';

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
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => dialog.current?.showModal(), []);

  const confirm = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      dialog.current?.close();
    } catch (error) {
      setFailure(sentenceOf(error));
      setBusy(false);
    }
  };

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
      {failure && (
        <p role="alert" className="mt-4 font-medium text-bad text-sm">
          {failure}
        </p>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <button type="button" className={buttonStyle('plain')} onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <button type="button" className={buttonStyle('danger')} onClick={confirm} disabled={isBusy}>
          {confirmLabel}
        </button>
      </div>
    </dialog>
  );
}
