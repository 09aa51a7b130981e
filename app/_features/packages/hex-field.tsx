'use client';

import { useId, useState } from 'react';
import { buttonStyle } from '@/app/_ui/button-style';
import { hexProblem, randomHex } from './package-form';

interface HexFieldProps {
  name: 'KID' | 'key';
  value: string;
  isStrict: boolean;
  onChange: (value: string) => void;
}

/** A field for 16 bytes as 32 hexadecimal digits, with immediate validation. */
export function HexField({ name, value, isStrict, onChange }: HexFieldProps) {
  const id = useId();
  const [isLeft, setLeft] = useState(false);
  const problem = isStrict || (isLeft && value !== '') ? hexProblem(value, name) : null;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-semibold text-sm first-letter:uppercase">
        {name}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onBlur={() => setLeft(true)}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-note`}
          placeholder="32 digits, 0–9 and a–f"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          dir="ltr"
          className="min-h-11 w-full min-w-0 rounded-control border border-line-strong bg-surface px-3 font-mono text-base placeholder:font-sans placeholder:text-soft placeholder:text-sm aria-invalid:border-bad sm:min-h-10 sm:text-sm"
        />
        <button type="button" className={buttonStyle('plain')} onClick={() => onChange(randomHex())}>
          Generate
        </button>
      </div>
      <p id={`${id}-note`} aria-live="polite" className="text-bad text-sm not-empty:mt-1.5">
        {problem}
      </p>
    </div>
  );
}
