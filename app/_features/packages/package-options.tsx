'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ChoiceField } from '@/app/_ui/choice-field';
import { TextField } from '@/app/_ui/field';
import type { Scheme } from '@/lib/media/scheme';
import { hexProblem, type KeyDraft, type PackageDraft, randomHex } from './package-form';

const schemeChoices: { value: Scheme; label: string; hint: string }[] = [
  {
    value: 'cenc',
    label: 'cenc',
    hint: 'Full encryption (AES-CTR). Plays in most browsers and players.',
  },
  {
    value: 'cbcs',
    label: 'cbcs',
    hint: 'Pattern encryption (AES-CBC). For players that require it.',
  },
];

const keyChoices = [
  { value: 'generated', label: 'Generate a key', hint: 'A random key, made by this server.' },
  { value: 'own', label: 'Use my own key', hint: 'If another system has to know it.' },
] as const;

interface OptionsProps<Draft> {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** Whether to show problems also for fields that have not been touched. */
  isStrict: boolean;
}

/** The options for a package: its scheme and the source of its key. */
export function PackageOptions({ draft, onChange, isStrict }: OptionsProps<PackageDraft>) {
  return (
    <div className="grid gap-5">
      <ChoiceField
        legend="Scheme"
        choices={schemeChoices}
        value={draft.scheme}
        onChange={(scheme) => onChange({ ...draft, scheme })}
      />
      <KeyOptions draft={draft} onChange={(key) => onChange({ ...draft, ...key })} isStrict={isStrict} />
    </div>
  );
}

/** The choice between a generated key and the user's own. */
export function KeyOptions({ draft: { hasOwnKey, kid, key }, onChange, isStrict }: OptionsProps<KeyDraft>) {
  return (
    <>
      <ChoiceField
        legend="Key"
        choices={keyChoices}
        value={hasOwnKey ? 'own' : 'generated'}
        onChange={(choice) => onChange({ hasOwnKey: choice === 'own', kid, key })}
      />
      {hasOwnKey && (
        <div className="grid gap-4">
          <HexField
            name="KID"
            value={kid}
            isStrict={isStrict}
            onChange={(changed) => onChange({ hasOwnKey, kid: changed, key })}
          />
          <HexField
            name="key"
            value={key}
            isStrict={isStrict}
            onChange={(changed) => onChange({ hasOwnKey, kid, key: changed })}
          />
        </div>
      )}
    </>
  );
}

interface HexFieldProps {
  name: 'KID' | 'key';
  value: string;
  isStrict: boolean;
  onChange: (value: string) => void;
}

/** A field for 16 bytes as 32 hexadecimal digits, with immediate validation. */
function HexField({ name, value, isStrict, onChange }: HexFieldProps) {
  const [isLeft, setLeft] = useState(false);
  return (
    <TextField
      label={name}
      isTechnical
      isChecking
      problem={isStrict || (isLeft && value !== '') ? hexProblem(value, name) : null}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => setLeft(true)}
      placeholder="32 digits, 0–9 and a–f"
      action={<Button onClick={() => onChange(randomHex())}>Generate</Button>}
    />
  );
}
