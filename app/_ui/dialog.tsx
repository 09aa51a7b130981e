'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';

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
      <h2 id={titleId} className="font-semibold text-lg tracking-tight">
        {title}
      </h2>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}
