'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { callApi } from '@/app/_lib/api-client';
import { formText } from '@/app/_lib/form-text';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { Form } from '@/app/_ui/form';
import { SuccessLine } from '@/app/_ui/notice';
import { NewPasswordField, PasswordField } from '@/app/_ui/password-field';

/** Changes the password of the user who is signed in. */
export function PasswordForm() {
  const { mutate } = useSWRConfig();
  const [isDone, setDone] = useState(false);
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['currentPassword', 'newPassword']);
  const change = (form: HTMLFormElement) =>
    attempt(async () => {
      setDone(false);
      const given = new FormData(form);
      const [currentPassword, newPassword] = [
        formText(given, 'currentPassword'),
        formText(given, 'newPassword'),
      ];
      await callApi('PUT', '/api/account/password', { body: { currentPassword, newPassword } });
      form.reset();
      setDone(true);
      await mutate('/api/account/sessions');
    });
  return (
    <Form
      title="Change the password"
      rank="section"
      note="All other browsers are signed out. API tokens stay valid."
      onSubmit={({ currentTarget }) => change(currentTarget)}
      failure={failure}
      submit={{ label: isBusy ? 'Changing…' : 'Change password', icon: KeyRound, isDisabled: isBusy }}
    >
      <div className="grid max-w-md gap-5">
        <PasswordField
          label="Current password"
          name="currentPassword"
          autoComplete="current-password"
          required
          problem={failureAt('currentPassword')}
        />
        <NewPasswordField label="New password" name="newPassword" problem={failureAt('newPassword')} />
        <SuccessLine text={isDone ? 'The password was changed.' : null} />
      </div>
    </Form>
  );
}
