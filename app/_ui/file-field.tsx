'use client';

import { useId } from 'react';
import { FailureLine } from './failure-line';

interface FileFieldProps {
  /** The files that the browser offers, in the format of `accept`. */
  accept: string;
  /** The allowed kinds of files, in words. */
  note: string;
  /** The problem with the chosen file; null if there is none. */
  failure: string | null;
  /** Called with the name of the chosen file. */
  onChoose: (fileName: string) => void;
}

/** The form field `file`. */
export function FileField({ accept, note, failure, onChoose }: FileFieldProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block font-semibold text-sm">
        File
      </label>
      <input
        id={id}
        type="file"
        name="file"
        required
        accept={accept}
        onChange={({ target }) => target.files?.[0] && onChoose(target.files[0].name)}
        aria-invalid={failure !== null}
        aria-describedby={`${id}-note`}
        className="block min-h-11 w-full min-w-0 rounded-control border border-line-strong bg-surface py-1.5 pr-3 pl-1.5 text-sm file:mr-3 file:min-h-8 file:cursor-pointer file:rounded-control file:bg-sunken file:px-3 file:font-medium file:text-ink file:text-sm aria-invalid:border-bad sm:min-h-10 sm:py-1 sm:pl-1 sm:file:min-h-7.5"
      />
      <div id={`${id}-note`}>
        <FailureLine text={failure} className="mt-1.5" />
        <p className="mt-1.5 text-soft text-xs">{note}</p>
      </div>
    </div>
  );
}
