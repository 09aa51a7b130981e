'use client';

import { Package, Plus } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { newDraft, requestOf } from '@/app/_features/packages/package-form';
import { PackageOptions } from '@/app/_features/packages/package-options';
import { useRequestPackage } from '@/app/_features/packages/use-request-package';
import { buttonStyle } from '@/app/_ui/button-style';
import { FailureLine } from '@/app/_ui/failure-line';
import type { VideoView } from '@/lib/videos/video-view';

interface NewPackageProps {
  video: VideoView;
  onRequested: () => Promise<void>;
}

/**
 * Makes another package of the video: a button that opens a form, which is open from the start if there is no
 * package yet.
 */
export function NewPackage({ video, onRequested }: NewPackageProps) {
  const [isOpen, setOpen] = useState(video.packages.length === 0);
  if (isOpen) return <PackageForm video={video} onRequested={onRequested} onClose={() => setOpen(false)} />;
  return (
    <button
      type="button"
      className={`${buttonStyle('plain')} justify-self-start`}
      onClick={() => setOpen(true)}
    >
      <Plus className="size-4" aria-hidden="true" />
      Make another package
    </button>
  );
}

function PackageForm({ video, onRequested, onClose }: NewPackageProps & { onClose: () => void }) {
  const [draft, setDraft] = useState(newDraft);
  const [isStrict, setStrict] = useState(false);
  const { send, isSending, failure } = useRequestPackage(video, async () => {
    await onRequested();
    onClose();
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const request = requestOf(draft);
    setStrict(request === null);
    if (request !== null) void send(request);
  };
  return (
    <form onSubmit={submit} noValidate className="panel p-5 sm:p-6" aria-labelledby="new-package-title">
      <h3 id="new-package-title" className="mb-5 font-semibold text-lg tracking-tight">
        {video.packages.length === 0 ? 'Make a package' : 'Make another package'}
      </h3>
      <PackageOptions draft={draft} onChange={setDraft} isStrict={isStrict} />
      <FailureLine text={failure} className="mt-4" />
      <div className="mt-6 flex flex-wrap gap-2">
        <button type="submit" className={buttonStyle('primary')} disabled={isSending}>
          <Package className="size-4" aria-hidden="true" />
          Package
        </button>
        <button type="button" className={buttonStyle('quiet')} onClick={onClose}>
          Close
        </button>
      </div>
    </form>
  );
}
