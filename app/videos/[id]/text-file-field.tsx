'use client';

import { useId } from 'react';

const extensions = ['.srt', '.vtt', '.ass', '.ssa'];

interface TextFileFieldProps {
  /** Called with the name of the chosen file. */
  onChoose: (fileName: string) => void;
}

/** The form field `file`: a text track in one of the formats that the server takes. */
export function TextFileField({ onChoose }: TextFileFieldProps) {
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
        accept={extensions.join(',')}
        onChange={({ target }) => target.files?.[0] && onChoose(target.files[0].name)}
        aria-describedby={`${id}-note`}
        className="block min-h-11 w-full min-w-0 rounded-control border border-line-strong bg-surface py-1.5 pr-3 pl-1.5 text-sm file:mr-3 file:min-h-8 file:cursor-pointer file:rounded-control file:bg-sunken file:px-3 file:font-medium file:text-ink file:text-sm sm:min-h-10 sm:py-1 sm:pl-1 sm:file:min-h-7.5"
      />
      <p id={`${id}-note`} className="mt-1.5 text-soft text-xs">
        SubRip, WebVTT or SubStation Alpha ({extensions.join(', ')}), up to 10 MB.
      </p>
    </div>
  );
}
