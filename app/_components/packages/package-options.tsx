'use client';

import type { Scheme } from '@/lib/media/scheme';
import type { PackageDraft } from '../hex-key';
import { ChoiceField } from './choice-field';
import { HexField } from './hex-field';

const schemeChoices: { value: Scheme; label: string; hint: string }[] = [
  {
    value: 'cenc',
    label: 'cenc',
    hint: 'Full encryption (AES-CTR). Plays in most browsers and players.',
  },
  {
    value: 'cbcs',
    label: 'cbcs',
    hint: 'Encryption in a pattern (AES-CBC). The one that Apple devices expect.',
  },
];

const keyChoices = [
  { value: 'generated', label: 'Generate a key', hint: 'A new random key for each package.' },
  { value: 'own', label: 'Use my own key', hint: 'For when another system has to know it.' },
] as const;

interface PackageOptionsProps {
  draft: PackageDraft;
  onChange: (draft: PackageDraft) => void;
  /** Tell what is missing even in fields that have not been touched. */
  isStrict: boolean;
}

/** The choices for a package: its scheme and where its key comes from. */
export function PackageOptions({ draft, onChange, isStrict }: PackageOptionsProps) {
  return (
    <div className="grid gap-5">
      <ChoiceField
        legend="Scheme"
        choices={schemeChoices}
        value={draft.scheme}
        onChange={(scheme) => onChange({ ...draft, scheme })}
      />
      <ChoiceField
        legend="Key"
        choices={keyChoices}
        value={draft.hasOwnKey ? 'own' : 'generated'}
        onChange={(choice) => onChange({ ...draft, hasOwnKey: choice === 'own' })}
      />
      {draft.hasOwnKey && (
        <div className="grid gap-4">
          <HexField
            name="KID"
            value={draft.kid}
            isStrict={isStrict}
            onChange={(kid) => onChange({ ...draft, kid })}
          />
          <HexField
            name="key"
            value={draft.key}
            isStrict={isStrict}
            onChange={(key) => onChange({ ...draft, key })}
          />
        </div>
      )}
    </div>
  );
}
