'use client';

import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { formText } from '@/app/_lib/form-text';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { ChoiceField } from '@/app/_ui/choice-field';
import { TextField } from '@/app/_ui/field';
import { FormDialog } from '@/app/_ui/form-dialog';
import { InvitationOnce, type NewInvitation } from './invitation-once';
import { type Role, roleChoices } from './roles';

interface NewUserProps {
  onCreated: () => Promise<void>;
  onClose: () => void;
}

/** Creates a user, and shows the link by which the user sets a password. */
export function NewUser({ onCreated, onClose }: NewUserProps) {
  const [invitation, setInvitation] = useState<NewInvitation | null>(null);
  const [role, setRole] = useState<Role>('viewer');
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['name', 'email']);
  const create = (form: FormData) =>
    attempt(async () => {
      const body = { name: formText(form, 'name'), email: formText(form, 'email').trim(), role };
      const created = await callApi('POST', '/api/users', { body });
      setInvitation({ ...created.invitation, name: created.user.name });
      await onCreated();
    });
  if (invitation !== null) return <InvitationOnce invitation={invitation} onClose={onClose} />;
  return (
    <FormDialog
      title="New user"
      note="You get a link to pass on, by which the user sets a password. No e-mail is sent."
      failure={failure}
      submit={{ label: isBusy ? 'Creating…' : 'Create user', icon: UserPlus, isDisabled: isBusy }}
      onSubmit={create}
      onClose={onClose}
    >
      <TextField label="Name" name="name" required maxLength={100} problem={failureAt('name')} />
      <TextField label="E-mail" name="email" type="email" required problem={failureAt('email')} />
      <ChoiceField legend="Role" choices={roleChoices} value={role} onChange={setRole} />
    </FormDialog>
  );
}
