'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { deleteAt } from '@/app/_components/api-client';
import { buttonStyle } from '@/app/_components/button-style';
import { ConfirmDialog } from '@/app/_components/confirm-dialog';
import type { TextView } from '@/lib/videos/text-view';

interface DeleteTextProps {
  text: TextView;
  onDeleted: () => Promise<void>;
}

export function DeleteText({ text, onDeleted }: DeleteTextProps) {
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    await deleteAt(text.links.self);
    await onDeleted();
  };
  return (
    <>
      <button
        type="button"
        className={buttonStyle('quiet', 'icon')}
        onClick={() => setAsking(true)}
        aria-label={`Delete ${text.label}`}
        title="Delete"
      >
        <Trash2 className="size-4.5" aria-hidden="true" />
      </button>
      {isAsking && (
        <ConfirmDialog
          title="Delete this text track?"
          confirmLabel="Delete text track"
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>
            <bdi className="break-words font-medium text-ink">{text.label}</bdi> will be taken out of every
            package of this video. This can’t be undone.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
