'use client';

import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { FailureLine } from '@/app/_ui/failure-line';
import { commonLanguages } from './languages';

const other = 'other';

interface LanguageFieldProps {
  /** BCP-47; empty while none is chosen. */
  value: string;
  onChange: (language: string) => void;
  /** The problem with it; null if there is none. */
  failure: string | null;
}

/** A choice of languages by name, or any other language by its BCP-47 tag. */
export function LanguageField({ value, onChange, failure }: LanguageFieldProps) {
  const id = useId();
  const [isOther, setOther] = useState(
    () => value !== '' && !commonLanguages.some(({ tag }) => tag === value),
  );
  const choose = (choice: string) => {
    setOther(choice === other);
    onChange(choice === other ? '' : choice);
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block font-semibold text-sm">
        Language
      </label>
      <div className="relative">
        <select
          id={id}
          required
          value={isOther ? other : value}
          aria-invalid={failure !== null}
          aria-describedby={`${id}-failure`}
          onChange={(event) => choose(event.target.value)}
          className="min-h-11 w-full appearance-none rounded-control border border-line-strong bg-surface pr-10 pl-3 text-base aria-invalid:border-bad sm:min-h-10 sm:text-sm"
        >
          <option value="" disabled>
            Choose…
          </option>
          {commonLanguages.map(({ tag, name }) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
          <option value={other}>Another language…</option>
        </select>
        <ChevronDown
          className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-soft"
          aria-hidden="true"
        />
      </div>
      {isOther && <TagInput value={value} onChange={onChange} />}
      <div id={`${id}-failure`}>
        <FailureLine text={failure} className="mt-1.5" />
      </div>
    </div>
  );
}

function TagInput({ value, onChange }: Omit<LanguageFieldProps, 'failure'>) {
  return (
    <input
      value={value}
      onChange={(event) => onChange(event.target.value)}
      required
      maxLength={35}
      aria-label="Language tag (BCP-47)"
      placeholder="Its tag, such as cy or sr-Latn"
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      dir="ltr"
      className="mt-2 min-h-11 w-full min-w-0 rounded-control border border-line-strong bg-surface px-3 font-mono text-base placeholder:font-sans placeholder:text-soft placeholder:text-sm sm:min-h-10 sm:text-sm"
    />
  );
}
