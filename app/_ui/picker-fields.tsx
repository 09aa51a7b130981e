'use client';

import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { box, Field, type FieldProps, typed } from './field';

interface SelectFieldProps extends FieldProps {
  /** Empty while nothing is chosen. */
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  /** Follows the select. */
  more?: ReactNode;
}

/** A required choice from a list. */
export function SelectField({ value, choices, onChange, more, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <>
          <div className="relative">
            <select
              {...control}
              required
              value={value}
              onChange={(event) => onChange(event.target.value)}
              className={`${typed} appearance-none pr-10`}
            >
              <option value="" disabled>
                Choose…
              </option>
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </select>
            <ChevronDown
              className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-soft"
              aria-hidden="true"
            />
          </div>
          {more}
        </>
      )}
    </Field>
  );
}

const file =
  `${box} block py-1.5 pr-3 pl-1.5 text-sm file:mr-3 file:min-h-8 file:cursor-pointer file:rounded-control ` +
  'file:bg-sunken file:px-3 file:font-medium file:text-ink file:text-sm sm:py-1 sm:pl-1 sm:file:min-h-7.5';

interface FileFieldProps extends FieldProps {
  /** The files that the browser offers. */
  accept: string;
  /** Called with the name of the chosen file. */
  onChoose: (fileName: string) => void;
}

/** The form field `file`, which is required. */
export function FileField({ accept, onChoose, ...field }: FileFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          type="file"
          name="file"
          required
          accept={accept}
          onChange={({ target }) => target.files?.[0] && onChoose(target.files[0].name)}
          className={file}
        />
      )}
    </Field>
  );
}
