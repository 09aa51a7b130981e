'use client';

import { AudioLines, KeyRound } from 'lucide-react';
import { useId, useState } from 'react';
import { buttonStyle } from '@/app/_ui/button-style';
import type { PackageView } from '@/lib/packages/package-view';
import { NewAudio } from './new-audio';
import { NewKeys } from './new-keys';
import { whyNotEditable } from './package-status-text';

interface PackageEditsProps {
  pkg: PackageView;
  onChanged: () => Promise<void>;
}

/** The changes to a package that need no new encode, or the reason why they are not possible now. */
export function PackageEdits({ pkg, onChanged }: PackageEditsProps) {
  const [open, setOpen] = useState<'keys' | 'audio' | null>(null);
  const reasonId = useId();
  const reason = whyNotEditable(pkg);
  const buttonProps = {
    type: 'button',
    className: buttonStyle('plain'),
    disabled: reason !== null,
    'aria-describedby': reason === null ? undefined : reasonId,
  } as const;
  const close = () => setOpen(null);
  return (
    <div className="grid gap-5 border-line border-t px-5 py-4 sm:px-6">
      {open === 'audio' ? (
        <NewAudio pkg={pkg} isBlocked={reason !== null} onRequested={onChanged} onClose={close} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-2 gap-y-3">
          <button {...buttonProps} onClick={() => setOpen('keys')}>
            <KeyRound className="size-4" aria-hidden="true" />
            New keys…
          </button>
          <button {...buttonProps} onClick={() => setOpen('audio')}>
            <AudioLines className="size-4" aria-hidden="true" />
            Add audio…
          </button>
          <p id={reasonId} className="text-soft text-sm sm:ml-2">
            {reason}
          </p>
        </div>
      )}
      {open === 'keys' && <NewKeys pkg={pkg} onRequested={onChanged} onClose={close} />}
    </div>
  );
}
