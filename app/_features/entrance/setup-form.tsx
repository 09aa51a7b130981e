'use client';

import { UserPlus } from 'lucide-react';
import { callApi } from '@/app/_lib/api-client';
import { formText } from '@/app/_lib/form-text';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { useFragment } from '@/app/_lib/use-fragment';
import { TextField } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { NewPasswordField } from '@/app/_ui/password-field';
import { EntranceMessage } from './entrance';

/** Creates the first administrator, with the token in the page's address. */
export function SetupForm() {
  const token = useFragment();
  if (token === null) return null;
  if (token === '')
    return (
      <EntranceMessage title="Set up this server">
        <p>
          Nobody can sign in yet. Open the link that the server prints in its terminal when it starts: it
          creates the first administrator.
        </p>
        <p>
          The secret of that link is also in the file <code className="whitespace-nowrap">setup-token</code>{' '}
          in the server’s storage folder. Add it to the address of this page, after a <code>#</code>.
        </p>
      </EntranceMessage>
    );
  return <AdministratorForm token={token} />;
}

function AdministratorForm({ token }: { token: string }) {
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['name', 'email', 'password']);
  const create = (form: FormData) =>
    attempt(async () => {
      const [name, email] = [formText(form, 'name'), formText(form, 'email').trim()];
      await callApi('POST', '/api/setup', {
        body: { token, name, email, password: formText(form, 'password') },
      });
      location.replace('/');
    });
  return (
    <Form
      title="Create the first administrator"
      note="Administrators see all videos, and decide who else can sign in."
      rank="page"
      onSubmit={({ currentTarget }) => create(new FormData(currentTarget))}
      failure={failure}
      submit={{
        label: isBusy ? 'Creating…' : 'Create administrator',
        icon: UserPlus,
        isDisabled: isBusy,
      }}
    >
      <TextField label="Name" name="name" autoComplete="name" required problem={failureAt('name')} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        note="For signing in. Nothing is sent to it."
        problem={failureAt('email')}
      />
      <NewPasswordField label="Password" name="password" problem={failureAt('password')} />
    </Form>
  );
}
