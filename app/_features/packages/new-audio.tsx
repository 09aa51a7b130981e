'use client';

import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatPercent } from '@/app/_lib/format';
import { sendForm } from '@/app/_lib/send-form';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { Form } from '@/app/_ui/form';
import { Progress } from '@/app/_ui/progress';
import type { PackageView } from '@/lib/packages/package-view';
import { TrackFields } from './track-fields';

// Extensions in addition to the types, because browsers have no type for some of them.
const accept = 'audio/*,video/*,.mka,.mkv,.opus,.ac3,.eac3';

interface NewAudioProps {
  pkg: PackageView;
  /** Whether the package can't be changed now. */
  isBlocked: boolean;
  onRequested: () => Promise<void>;
  onClose: () => void;
}

/** The form that adds an audio language to a package. */
export function NewAudio({ pkg, isBlocked, onRequested, onClose }: NewAudioProps) {
  const [language, setLanguage] = useState('');
  const { send, sent, isBusy, failureAt, failure } = useSendAudio(pkg.links.audio, async () => {
    await onRequested();
    onClose();
  });
  return (
    <Form
      title="Add an audio language"
      note="The video is not encoded again, and viewers can keep watching."
      rank="inner"
      onSubmit={({ currentTarget }) => {
        const form = new FormData(currentTarget);
        form.set('language', language);
        send(form);
      }}
      failure={failure}
      submit={{ label: 'Add audio', icon: Plus, isDisabled: isBusy || isBlocked }}
      closeLabel={isBusy ? 'Cancel' : 'Close'}
      onClose={onClose}
    >
      <TrackFields
        accept={accept}
        fileNote="An audio file, or a video whose first audio track is used. It starts when this video starts."
        labelExample="such as Studio dub"
        language={language}
        onLanguage={setLanguage}
        failureAt={failureAt}
      />
      {sent !== null && <SendingProgress share={sent} />}
    </Form>
  );
}

/** Sends the form, and reports the share that has been sent; closing the form aborts it. */
function useSendAudio(path: string, onSent: () => Promise<void>) {
  const [sent, setSent] = useState<number | null>(null);
  const { attempt, ...rest } = useFormAttempt(['file', 'language']);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const send = (form: FormData) => {
    running.current = new AbortController();
    const { signal } = running.current;
    void attempt(async () => {
      setSent(0);
      await sendForm(path, form, setSent, signal).finally(() => setSent(null));
      await onSent();
    });
  };
  return { send, sent, ...rest };
}

function SendingProgress({ share }: { share: number }) {
  const isSending = share < 1;
  return (
    <Progress
      label={isSending ? 'Uploading' : 'Checking the audio'}
      note={isSending ? formatPercent(share) : null}
      value={isSending ? share : null}
      tone="accent"
    />
  );
}
