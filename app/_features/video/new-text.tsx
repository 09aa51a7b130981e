'use client';

import { Plus } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { guessText } from '@/app/_features/packages/guess-text';
import { LabelField } from '@/app/_features/packages/label-field';
import { LanguageField } from '@/app/_features/packages/language-field';
import { callApi } from '@/app/_lib/api-client';
import { useFormAttempt } from '@/app/_lib/use-form-attempt';
import { buttonStyle } from '@/app/_ui/button-style';
import { ChoiceField } from '@/app/_ui/choice-field';
import { FailureLine } from '@/app/_ui/failure-line';
import { FileField } from '@/app/_ui/file-field';

const kindChoices = [
  { value: 'subtitles', label: 'Subtitles', hint: 'Speech, for viewers who don’t know the language.' },
  { value: 'captions', label: 'Captions', hint: 'Speech and sounds, for viewers who can’t hear them.' },
] as const;

const extensions = ['.srt', '.vtt', '.ass', '.ssa'];

interface NewTextProps {
  videoId: number;
  onAdded: () => Promise<void>;
}

/** Adds a text track to the video: a button that opens a form. */
export function NewText({ videoId, onAdded }: NewTextProps) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <TextForm videoId={videoId} onAdded={onAdded} onClose={() => setOpen(false)} />;
  return (
    <button
      type="button"
      className={`${buttonStyle('plain')} justify-self-start`}
      onClick={() => setOpen(true)}
    >
      <Plus className="size-4" aria-hidden="true" />
      Add captions or subtitles
    </button>
  );
}

function TextForm({ videoId, onAdded, onClose }: NewTextProps & { onClose: () => void }) {
  const [fileName, setFileName] = useState('');
  const [language, setLanguage] = useState('');
  const [kind, setKind] = useState<(typeof kindChoices)[number]['value']>('subtitles');
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['file', 'language']);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set('language', language);
    form.set('kind', kind);
    void attempt(async () => {
      await callApi('POST', '/api/videos/{id}/texts', { params: { id: videoId }, form });
      await onAdded();
      onClose();
    });
  };
  const choose = (chosen: string) => {
    const guess = guessText(chosen);
    setFileName(chosen);
    if (guess.language) setLanguage(guess.language);
    setKind(guess.kind);
  };
  return (
    <form onSubmit={submit} className="panel grid gap-5 p-5 sm:p-6" aria-labelledby="new-text-title">
      <h3 id="new-text-title" className="font-semibold text-lg tracking-tight">
        Add captions or subtitles
      </h3>
      <div className="grid gap-5 sm:grid-cols-2 sm:gap-x-2">
        <FileField
          accept={extensions.join(',')}
          note={`SubRip, WebVTT or SubStation Alpha (${extensions.join(', ')}), up to 10 MB.`}
          failure={failureAt('file')}
          onChoose={choose}
        />
        <LanguageField
          key={fileName}
          value={language}
          failure={failureAt('language')}
          onChange={setLanguage}
        />
        <LabelField example="such as Songs only" />
      </div>
      <ChoiceField legend="Kind" choices={kindChoices} value={kind} onChange={setKind} />
      <FailureLine text={failure} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className={buttonStyle('primary')} disabled={isBusy}>
          <Plus className="size-4" aria-hidden="true" />
          Add
        </button>
        <button type="button" className={buttonStyle('quiet')} onClick={onClose}>
          Close
        </button>
      </div>
    </form>
  );
}
