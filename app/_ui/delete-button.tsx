'use client';

import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { buttonStyle } from './button-style';
import { ConfirmDialog } from './confirm-dialog';

interface DeleteButtonProps {
  /** The button's name for screen readers. */
  label: string;
  onDelete: () => Promise<unknown>;
  question: string;
  confirmLabel: string;
  /** What is lost. */
  children: ReactNode;
  onDeleted: () => Promise<void> | void;
}

/** A button that deletes something after a question that says what is lost. */
export function DeleteButton({
  label,
  onDelete,
  question,
  confirmLabel,
  children,
  onDeleted,
}: DeleteButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    await onDelete();
    await onDeleted();
  };
  return (
    <>
      <button
        type="button"
        className={buttonStyle('quiet', 'icon')}
        onClick={() => setAsking(true)}
        aria-label={label}
        title="Delete"
      >
        <Trash2 className="size-4.5" aria-hidden="true" />
      </button>
      {isAsking && (
        <ConfirmDialog
          title={question}
          confirmLabel={confirmLabel}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>{children}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
