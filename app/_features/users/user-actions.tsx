'use client';

import { Check, Link2, UserCog } from 'lucide-react';
import { useState } from 'react';
import { callApi, failureOf } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { Button } from '@/app/_ui/button';
import { ChoiceField } from '@/app/_ui/choice-field';
import { DeleteButton } from '@/app/_ui/dialog';
import { FormDialog } from '@/app/_ui/form-dialog';
import type { UserView } from '@/lib/users/user-view';
import { InvitationOnce, type NewInvitation } from './invitation-once';
import { roleChoices } from './roles';

interface UserActionProps {
  user: UserView;
  onChanged: () => Promise<void>;
}

/** Changes what a user may do. */
export function ChangeRole(props: UserActionProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="icon" kind="quiet" icon={UserCog} onClick={() => setOpen(true)}>
        {`Change the role of ${props.user.name}`}
      </Button>
      {isOpen && <RoleDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function RoleDialog({ user, onChanged, onClose }: UserActionProps & { onClose: () => void }) {
  const [role, setRole] = useState(user.role);
  const { attempt, isBusy, failure } = useAttempt();
  const change = (close: () => void) =>
    attempt(async () => {
      await callApi('PATCH', '/api/users/{id}', { params: { id: user.id }, body: { role } });
      await onChanged();
      close();
    });
  return (
    <FormDialog
      title={`Role of ${user.name}`}
      failure={failure}
      submit={{ label: isBusy ? 'Changing…' : 'Change role', icon: Check, isDisabled: isBusy }}
      onSubmit={(_form, close) => change(close)}
      onClose={onClose}
    >
      <ChoiceField legend="Role" choices={roleChoices} value={role} onChange={setRole} />
    </FormDialog>
  );
}

/** Makes a new link by which a user sets a password. */
export function InviteAgain({ user }: { user: UserView }) {
  const [step, setStep] = useState<'asking' | NewInvitation | null>(null);
  const { attempt, isBusy, failure } = useAttempt();
  const close = () => setStep(null);
  const invite = () =>
    attempt(async () => {
      const made = await callApi('POST', '/api/users/{id}/invitation', { params: { id: user.id } });
      setStep({ ...made, name: user.name });
    });
  return (
    <>
      <Button size="icon" kind="quiet" icon={Link2} onClick={() => setStep('asking')}>
        {`New password link for ${user.name}`}
      </Button>
      {step === 'asking' && (
        <FormDialog
          title={`New link for ${user.name}?`}
          note="With it, the user sets a new password. Until then, the present one stays valid; an earlier link does not."
          failure={failure}
          submit={{ label: isBusy ? 'Making the link…' : 'Make link', icon: Link2, isDisabled: isBusy }}
          onSubmit={invite}
          onClose={close}
        />
      )}
      {step !== null && step !== 'asking' && <InvitationOnce invitation={step} onClose={close} />}
    </>
  );
}

/** Deletes a user, after a question. */
export function DeleteUser({ user, onChanged }: UserActionProps) {
  const remove = async () => {
    await callApi('DELETE', '/api/users/{id}', { params: { id: user.id } });
    await onChanged();
  };
  return (
    <DeleteButton
      label={`Delete ${user.name}`}
      question="Delete this user?"
      confirmLabel="Delete user"
      onConfirm={() => failureOf(remove)}
    >
      <bdi className="break-words font-medium text-ink">{user.name}</bdi> is signed out, and API tokens stop
      working. The videos stay: they go to the administrators. This can’t be undone.
    </DeleteButton>
  );
}
