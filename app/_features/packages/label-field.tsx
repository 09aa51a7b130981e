'use client';

import { useId } from 'react';

/** The same limit as the server's. */
const maxCharacters = 200;

/** The form field `label`: the name of a track that viewers see. */
export function LabelField({ example }: { example: string }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block font-semibold text-sm">
        Label <span className="font-normal text-soft">(optional)</span>
      </label>
      <input
        id={id}
        name="label"
        maxLength={maxCharacters}
        placeholder={example}
        autoComplete="off"
        dir="auto"
        aria-describedby={`${id}-note`}
        className="min-h-11 w-full min-w-0 rounded-control border border-line-strong bg-surface px-3 text-base placeholder:text-soft sm:min-h-10 sm:text-sm"
      />
      <p id={`${id}-note`} className="mt-1.5 text-soft text-xs">
        Viewers choose the track by this name. Default: the name of its language.
      </p>
    </div>
  );
}
