'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { type Expiry, expiryChoices, expiryDays } from '@/app/_lib/expiry';
import { formText } from '@/app/_lib/form-text';
import { useSession } from '@/app/_lib/session';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { ChecksField } from '@/app/_ui/choice-field';
import { CopyLine } from '@/app/_ui/copy-button';
import { TextField } from '@/app/_ui/field';
import { FormDialog, ResultDialog } from '@/app/_ui/form-dialog';
import { SelectField } from '@/app/_ui/picker-fields';
import { type Scope, scopeChoices } from './scopes';

interface NewTokenProps {
  onCreated: () => Promise<void>;
  onClose: () => void;
}

/** Creates an API token, and shows it once. */
export function NewToken({ onCreated, onClose }: NewTokenProps) {
  const { session } = useSession();
  const [token, setToken] = useState<string | null>(null);
  const [scopes, setScopes] = useState<Scope[]>(['video.read']);
  const [expiry, setExpiry] = useState<Expiry>('30');
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['name', 'expiresInDays']);
  const create = (form: FormData) =>
    attempt(async () => {
      const body = { name: formText(form, 'name'), scopes, expiresInDays: expiryDays(expiry) };
      setToken((await callApi('POST', '/api/tokens', { body })).token);
      await onCreated();
    });
  if (token !== null) return <TokenOnce token={token} onClose={onClose} />;
  return (
    <FormDialog
      title="New API token"
      failure={failure}
      submit={{
        label: isBusy ? 'Creating…' : 'Create token',
        icon: KeyRound,
        isDisabled: isBusy || scopes.length === 0,
      }}
      onSubmit={create}
      onClose={onClose}
    >
      <TextField
        label="Name"
        name="name"
        required
        maxLength={100}
        placeholder="such as Backup script"
        problem={failureAt('name')}
      />
      <ChecksField
        legend="What it allows"
        choices={scopeChoices(session.permissions)}
        values={scopes}
        onChange={setScopes}
      />
      <SelectField
        label="Expires"
        value={expiry}
        choices={expiryChoices(['30', '365', 'never'])}
        onChange={setExpiry}
        problem={failureAt('expiresInDays')}
      />
    </FormDialog>
  );
}

function TokenOnce({ token, onClose }: { token: string; onClose: () => void }) {
  return (
    <ResultDialog
      title="The token is ready"
      note="Copy it now: it is stored nowhere, so that it can’t be shown again."
      copyLabel="Copy token"
      text={token}
      onClose={onClose}
    >
      <CopyLine label="API token" text={token} />
      <CopyLine label="Try it" text={`curl -u api:${token} ${location.origin}/api/videos`} />
    </ResultDialog>
  );
}
