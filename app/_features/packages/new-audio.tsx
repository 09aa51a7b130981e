'use client';

import { Plus } from 'lucide-react';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { formatPercent } from '@/app/_lib/format';
import { sendForm } from '@/app/_lib/send-form';
import { useFormAttempt } from '@/app/_lib/use-form-attempt';
import { buttonStyle } from '@/app/_ui/button-style';
import { FailureLine } from '@/app/_ui/failure-line';
import { FileField } from '@/app/_ui/file-field';
import { ProgressBar } from '@/app/_ui/progress-bar';
import type { PackageView } from '@/lib/packages/package-view';
import { guessText } from './guess-text';
import { LabelField } from './label-field';
import { LanguageField } from './language-field';

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
  const [fileName, setFileName] = useState('');
  const [language, setLanguage] = useState('');
  const { send, sent, isBusy, failureAt, failure } = useSendAudio(pkg.links.audio, async () => {
    await onRequested();
    onClose();
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set('language', language);
    send(form);
  };
  const choose = (chosen: string) => {
    setFileName(chosen);
    const guess = guessText(chosen);
    if (guess.language) setLanguage(guess.language);
  };
  const titleId = `new-audio-${pkg.id}`;
  return (
    <form onSubmit={submit} className="grid gap-5" aria-labelledby={titleId}>
      <div>
        <h4 id={titleId} className="font-semibold tracking-tight">
          Add an audio language
        </h4>
        <p className="mt-1 text-soft text-sm">
          The video is not encoded again, and viewers can keep watching.
        </p>
      </div>
      <div className="grid gap-5 sm:grid-cols-2 sm:gap-x-2">
        <FileField
          accept={accept}
          note="An audio file, or a video whose first audio track is used. It starts when this video starts."
          failure={failureAt('file')}
          onChoose={choose}
        />
        <LanguageField
          key={fileName}
          value={language}
          failure={failureAt('language')}
          onChange={setLanguage}
        />
        <LabelField example="such as Studio dub" />
      </div>
      <FailureLine text={failure} />
      {sent !== null && <SendingProgress share={sent} />}
      <div className="flex flex-wrap gap-2">
        <button type="submit" className={buttonStyle('primary')} disabled={isBusy || isBlocked}>
          <Plus className="size-4" aria-hidden="true" />
          Add audio
        </button>
        <button type="button" className={buttonStyle('quiet')} onClick={onClose}>
          {isBusy ? 'Cancel' : 'Close'}
        </button>
      </div>
    </form>
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
  const words = share < 1 ? 'Uploading' : 'Checking the audio';
  return (
    <div>
      <p className="mb-1.5 flex justify-between gap-3 text-soft text-xs tabular-nums">
        <span>{words}</span>
        {share < 1 && <span>{formatPercent(share)}</span>}
      </p>
      <ProgressBar label={words} value={share < 1 ? share : null} tone="accent" />
    </div>
  );
}
