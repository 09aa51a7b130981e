'use client';

import { ChoiceField } from '@/app/_ui/choice-field';
import type { Scheme } from '@/lib/media/scheme';
import { KeyOptions } from './key-options';
import type { PackageDraft } from './package-form';

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

interface PackageOptionsProps {
  draft: PackageDraft;
  onChange: (draft: PackageDraft) => void;
  /** Whether to show problems also for fields that have not been touched. */
  isStrict: boolean;
}

/** The options for a package: its scheme and the source of its key. */
export function PackageOptions({ draft, onChange, isStrict }: PackageOptionsProps) {
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
