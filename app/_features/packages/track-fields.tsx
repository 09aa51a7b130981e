'use client';

import { useState } from 'react';
import { TextField, TextInput } from '@/app/_ui/field';
import { FileField, SelectField } from '@/app/_ui/picker-fields';
import { commonLanguages, guessText, type TextGuess } from './languages';

const other = 'other';
const choices = [
  ...commonLanguages.map(({ tag, name }) => ({ value: tag, label: name })),
  { value: other, label: 'Another language…' },
];

/** The same limit as the server's. */
const maxLabelCharacters = 200;

interface TrackFieldsProps {
  /** The files that the browser offers. */
  accept: string;
  /** The allowed kinds of files, in words. */
  fileNote: string;
  labelExample: string;
  /** BCP-47; empty while none is chosen. */
  language: string;
  onLanguage: (language: string) => void;
  /** Called with what the name of the chosen file says. */
  onGuess?: (guess: TextGuess) => void;
  /** What is wrong with a field; null if nothing is. */
  failureAt: (field: 'file' | 'language') => string | null;
}

/** The form fields `file` and `label` of a track, and its language. */
export function TrackFields(props: TrackFieldsProps) {
  const [fileName, setFileName] = useState('');
  const choose = (chosen: string) => {
    const guess = guessText(chosen);
    setFileName(chosen);
    if (guess.language) props.onLanguage(guess.language);
    props.onGuess?.(guess);
  };
  return (
    <div className="grid gap-5 sm:grid-cols-2 sm:gap-x-2">
      <FileField
        label="File"
        accept={props.accept}
        note={props.fileNote}
        problem={props.failureAt('file')}
        onChoose={choose}
      />
      <LanguageField
        key={fileName}
        value={props.language}
        problem={props.failureAt('language')}
        onChange={props.onLanguage}
      />
      <TextField
        label="Label"
        isOptional
        note="Viewers choose the track by this name. Default: the name of its language."
        name="label"
        maxLength={maxLabelCharacters}
        placeholder={props.labelExample}
        dir="auto"
      />
    </div>
  );
}

interface LanguageFieldProps {
  value: string;
  onChange: (language: string) => void;
  problem: string | null;
}

/** A choice of languages by name, or any other language by its BCP-47 tag. */
function LanguageField({ value, onChange, problem }: LanguageFieldProps) {
  const [isOther, setOther] = useState(
    () => value !== '' && !commonLanguages.some(({ tag }) => tag === value),
  );
  const choose = (choice: string) => {
    setOther(choice === other);
    onChange(choice === other ? '' : choice);
  };
  const tagInput = (
    <div className="mt-2">
      <TextInput
        isTechnical
        value={value}
        onChange={(event) => onChange(event.target.value)}
        required
        maxLength={35}
        aria-label="Language tag (BCP-47)"
        placeholder="Its tag, such as cy or sr-Latn"
      />
    </div>
  );
  return (
    <SelectField
      label="Language"
      value={isOther ? other : value}
      choices={choices}
      problem={problem}
      onChange={choose}
      more={isOther && tagInput}
    />
  );
}
