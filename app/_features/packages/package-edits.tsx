'use client';

import { AudioLines, KeyRound } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/app/_ui/button';
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
  const blocked = {
    disabled: reason !== null,
    'aria-describedby': reason === null ? undefined : reasonId,
  };
  const close = () => setOpen(null);
  return (
    <div className="grid gap-5 border-line border-t px-5 py-4 sm:px-6">
      {open === 'audio' ? (
        <NewAudio pkg={pkg} isBlocked={reason !== null} onRequested={onChanged} onClose={close} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-2 gap-y-3">
          <Button {...blocked} icon={KeyRound} onClick={() => setOpen('keys')}>
            New keys…
          </Button>
          <Button {...blocked} icon={AudioLines} onClick={() => setOpen('audio')}>
            Add audio…
          </Button>
          <p id={reasonId} className="text-soft text-sm sm:ml-2">
            {reason}
          </p>
        </div>
      )}
      {open === 'keys' && <NewKeys pkg={pkg} onRequested={onChanged} onClose={close} />}
    </div>
  );
}
