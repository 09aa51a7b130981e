'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { TrackFields } from '@/app/_features/packages/track-fields';
import { callApi } from '@/app/_lib/api-client';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { Button } from '@/app/_ui/button';
import { ChoiceField } from '@/app/_ui/choice-field';
import { Form } from '@/app/_ui/form';

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
    <Button icon={Plus} className="justify-self-start" onClick={() => setOpen(true)}>
      Add captions or subtitles
    </Button>
  );
}

function TextForm({ videoId, onAdded, onClose }: NewTextProps & { onClose: () => void }) {
  const [language, setLanguage] = useState('');
  const [kind, setKind] = useState<(typeof kindChoices)[number]['value']>('subtitles');
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['file', 'language']);
  const send = (form: FormData) => {
    form.set('language', language);
    form.set('kind', kind);
    void attempt(async () => {
      await callApi('POST', '/api/videos/{id}/texts', { params: { id: videoId }, form });
      await onAdded();
      onClose();
    });
  };
  return (
    <Form
      title="Add captions or subtitles"
      onSubmit={({ currentTarget }) => send(new FormData(currentTarget))}
      failure={failure}
      submit={{ label: 'Add', icon: Plus, isDisabled: isBusy }}
      onClose={onClose}
    >
      <TrackFields
        accept={extensions.join(',')}
        fileNote={`SubRip, WebVTT or SubStation Alpha (${extensions.join(', ')}), up to 10 MB.`}
        labelExample="such as Songs only"
        language={language}
        onLanguage={setLanguage}
        onGuess={(guess) => setKind(guess.kind)}
        failureAt={failureAt}
      />
      <ChoiceField legend="Kind" choices={kindChoices} value={kind} onChange={setKind} />
    </Form>
  );
}
