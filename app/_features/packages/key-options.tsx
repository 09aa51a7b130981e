'use client';

import { ChoiceField } from '@/app/_ui/choice-field';
import { HexField } from './hex-field';
import type { KeyDraft } from './package-form';

const choices = [
  { value: 'generated', label: 'Generate a key', hint: 'A random key, made by this server.' },
  { value: 'own', label: 'Use my own key', hint: 'If another system has to know it.' },
] as const;

interface KeyOptionsProps {
  draft: KeyDraft;
  onChange: (draft: KeyDraft) => void;
  /** Whether to show problems also for fields that have not been touched. */
  isStrict: boolean;
}

/** The choice between a generated key and the user's own. */
export function KeyOptions({ draft: { hasOwnKey, kid, key }, onChange, isStrict }: KeyOptionsProps) {
  return (
    <>
      <ChoiceField
        legend="Key"
        choices={choices}
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
