'use client';

import { Trash2 } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from './button';
import { FailureLine } from './notice';

interface DialogProps {
  title: string;
  /** Renders the content, given the function that closes the dialog. */
  children: (close: () => void) => ReactNode;
  onClose: () => void;
  isWide?: boolean;
}

/** A modal dialog. It is open as long as it is rendered. */
export function Dialog({ title, children, onClose, isWide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className={`panel m-auto w-[calc(100%-2rem)] p-6 text-ink shadow-dialog ${isWide ? 'max-w-xl' : 'max-w-md'}`}
    >
      <h2 id={titleId} className="break-words font-semibold text-lg tracking-tight">
        {title}
      </h2>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}

/** A few words under the title of a dialog; nothing if there are none. */
export function DialogText({ children }: { children: ReactNode }) {
  return children ? <p className="mt-2 text-pretty text-soft text-sm">{children}</p> : null;
}

/** The buttons at the end of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}

interface ConfirmDialogProps {
  title: string;
  /** What is lost. */
  children: ReactNode;
  confirmLabel: string;
  /** The label of the button that changes nothing. */
  closeLabel?: string;
  /** Resolves with the reason when it failed, which the dialog shows; with null when it worked. */
  onConfirm: () => Promise<string | null>;
  onClose: () => void;
}

/** Asks before something is lost. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  closeLabel = 'Cancel',
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const confirm = async (close: () => void) => {
    setBusy(true);
    setFailure(null);
    const reason = await onConfirm();
    setBusy(false);
    setFailure(reason);
    if (reason === null) close();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {(close) => (
        <>
          <DialogText>{children}</DialogText>
          <FailureLine text={failure} className="mt-4" />
          <DialogActions>
            <Button onClick={close}>{closeLabel}</Button>
            <Button kind="danger" onClick={() => confirm(close)} disabled={isBusy}>
              {confirmLabel}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

interface DeleteButtonProps extends Pick<ConfirmDialogProps, 'children' | 'confirmLabel' | 'onConfirm'> {
  /** The button's name for screen readers. */
  label: string;
  /** Its tooltip. */
  tooltip?: string;
  question: string;
}

/** A button that deletes something after a question that says what is lost. */
export function DeleteButton({ label, tooltip = 'Delete', question, ...dialog }: DeleteButtonProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        size="icon"
        kind="quiet"
        icon={Trash2}
        title={tooltip}
        aria-label={label}
        onClick={() => setAsking(true)}
      />
      {isAsking && <ConfirmDialog {...dialog} title={question} onClose={() => setAsking(false)} />}
    </>
  );
}
