'use client';

import { Package, Plus } from 'lucide-react';
import { useState } from 'react';
import { useRequestPackage } from '@/app/_features/packages/package-actions';
import { newDraft, requestOf } from '@/app/_features/packages/package-form';
import { PackageOptions } from '@/app/_features/packages/package-options';
import { Button } from '@/app/_ui/button';
import { Form } from '@/app/_ui/form';
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
    <Button icon={Plus} className="justify-self-start" onClick={() => setOpen(true)}>
      Make another package
    </Button>
  );
}

function PackageForm({ video, onRequested, onClose }: NewPackageProps & { onClose: () => void }) {
  const [draft, setDraft] = useState(newDraft);
  const [isStrict, setStrict] = useState(false);
  const { send, isSending, failure } = useRequestPackage(video.id, async () => {
    await onRequested();
    onClose();
  });
  const submit = () => {
    const request = requestOf(draft);
    setStrict(request === null);
    if (request !== null) void send(request);
  };
  return (
    <Form
      title={video.packages.length === 0 ? 'Make a package' : 'Make another package'}
      isCheckedByBrowser={false}
      onSubmit={submit}
      failure={failure}
      submit={{ label: 'Package', icon: Package, isDisabled: isSending }}
      onClose={onClose}
    >
      <PackageOptions draft={draft} onChange={setDraft} isStrict={isStrict} />
    </Form>
  );
}
