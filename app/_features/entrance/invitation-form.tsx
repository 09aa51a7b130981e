'use client';

import { LogIn } from 'lucide-react';
import useSWRImmutable from 'swr/immutable';
import { callApi, errorMessageOf } from '@/app/_lib/api-client';
import { formText } from '@/app/_lib/form-text';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { useFragment } from '@/app/_lib/use-fragment';
import { TextField } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { NewPasswordField } from '@/app/_ui/password-field';
import { EntranceMessage } from './entrance';

/** Sets the password of who was invited, by the secret in the page's address. */
export function InvitationForm() {
  const secret = useFragment();
  const { data: user, error } = useSWRImmutable(
    secret ? ['invitation', secret] : null,
    ([, of]) => callApi('POST', '/api/invitation/user', { body: { secret: of } }),
    { shouldRetryOnError: false },
  );
  if (secret === '')
    return <Unusable reason="The address of this page is not complete: the part after # is missing." />;
  if (error !== undefined) return <Unusable reason={errorMessageOf(error)} />;
  if (!secret || !user) return <p className="text-center text-soft">Looking up the invitation…</p>;
  return <PasswordForm secret={secret} name={user.name} email={user.email} />;
}

function Unusable({ reason }: { reason: string }) {
  return (
    <EntranceMessage title="This invitation can’t be used">
      <p>{reason}</p>
      <p>Each link works once and for seven days. Ask an administrator for a new one.</p>
    </EntranceMessage>
  );
}

function PasswordForm({ secret, name, email }: { secret: string; name: string; email: string }) {
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['password']);
  const accept = (form: FormData) =>
    attempt(async () => {
      await callApi('POST', '/api/invitation', { body: { secret, password: formText(form, 'password') } });
      location.replace('/');
    });
  return (
    <Form
      title={`Welcome, ${name}`}
      note="Choose a password. From then on, you sign in with it and your e-mail address."
      rank="page"
      onSubmit={({ currentTarget }) => accept(new FormData(currentTarget))}
      failure={failure}
      submit={{ label: isBusy ? 'Signing in…' : 'Set password and sign in', icon: LogIn, isDisabled: isBusy }}
    >
      <TextField label="E-mail" name="email" type="email" autoComplete="username" value={email} readOnly />
      <NewPasswordField label="Password" name="password" problem={failureAt('password')} />
    </Form>
  );
}
