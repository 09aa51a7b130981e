'use client';

import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { type Expiry, expiryChoices, expiryDays } from '@/app/_lib/expiry';
import { formText } from '@/app/_lib/form-text';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { CheckField } from '@/app/_ui/choice-field';
import { CopyLine } from '@/app/_ui/copy-button';
import { TextField } from '@/app/_ui/field';
import { FormDialog, ResultDialog } from '@/app/_ui/form-dialog';
import { PasswordField } from '@/app/_ui/password-field';
import { SelectField } from '@/app/_ui/picker-fields';

interface NewShareProps {
  packageId: number;
  onCreated: () => Promise<void>;
  onClose: () => void;
}

/** Makes a share link, and shows it once. */
export function NewShare({ packageId, onCreated, onClose }: NewShareProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [expiry, setExpiry] = useState<Expiry>('30');
  const [allowsDownload, setAllowsDownload] = useState(false);
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['name', 'password', 'expiresInDays']);
  const create = (form: FormData) =>
    attempt(async () => {
      const body = {
        name: formText(form, 'name'),
        password: formText(form, 'password') || null,
        allowsDownload,
        expiresInDays: expiryDays(expiry),
      };
      const params = { id: packageId };
      setUrl((await callApi('POST', '/api/packages/{id}/shares', { params, body })).url);
      await onCreated();
    });
  if (url !== null)
    return (
      <ResultDialog
        title="The link is ready"
        note="Copy it now: it is stored nowhere, so that it can’t be shown again."
        copyLabel="Copy link"
        text={url}
        onClose={onClose}
      >
        <CopyLine label="Share link" text={url} />
      </ResultDialog>
    );
  return (
    <FormDialog
      title="New share link"
      note="Whoever has the link can watch this package, and nothing else."
      failure={failure}
      submit={{ label: isBusy ? 'Making the link…' : 'Make link', icon: Link2, isDisabled: isBusy }}
      onSubmit={create}
      onClose={onClose}
    >
      <TextField
        label="Name"
        isOptional
        name="name"
        maxLength={100}
        placeholder="such as For the customer"
        note="Only for you, to recognize it in the list."
        problem={failureAt('name')}
      />
      <PasswordField
        label="Password"
        isOptional
        name="password"
        autoComplete="new-password"
        problem={failureAt('password')}
      />
      <SelectField
        label="Expires"
        value={expiry}
        choices={expiryChoices(['7', '30', '365', 'never'])}
        onChange={setExpiry}
        problem={failureAt('expiresInDays')}
      />
      <CheckField
        label="Allow the download"
        hint="The file is encrypted: it plays only where somebody has its key."
        isChecked={allowsDownload}
        onChange={setAllowsDownload}
      />
    </FormDialog>
  );
}
