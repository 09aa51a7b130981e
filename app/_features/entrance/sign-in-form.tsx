'use client';

import { LogIn } from 'lucide-react';
import { callApi } from '@/app/_lib/api-client';
import { formText } from '@/app/_lib/form-text';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { ButtonLink } from '@/app/_ui/button';
import { TextField } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Notice } from '@/app/_ui/notice';
import { PasswordField } from '@/app/_ui/password-field';

interface SignInFormProps {
  returnTo: string;
  /** The name of the OpenID provider; null without one. */
  provider: string | null;
  /** Whether a sign-in at the provider has just failed. */
  hasProviderFailed: boolean;
}

/** Signs in, and loads the page that was asked for: nothing remains of what was on show before. */
export function SignInForm({ returnTo, provider, hasProviderFailed }: SignInFormProps) {
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['email', 'password']);
  const signIn = (form: FormData) =>
    attempt(async () => {
      const body = { email: formText(form, 'email').trim(), password: formText(form, 'password') };
      await callApi('POST', '/api/session', { body });
      location.assign(returnTo);
    });
  const form = (
    <Form
      title="Sign in"
      rank="page"
      onSubmit={({ currentTarget }) => signIn(new FormData(currentTarget))}
      failure={failure}
      submit={{ label: isBusy ? 'Signing in…' : 'Sign in', icon: LogIn, isDisabled: isBusy }}
    >
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
        problem={failureAt('email')}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        problem={failureAt('password')}
        note="Forgotten? An administrator can give you a link to set a new one."
      />
    </Form>
  );
  if (provider === null) return form;
  return (
    <div className="grid gap-4">
      {hasProviderFailed && (
        <Notice title={`${provider} did not let you in`}>
          Try again. If it happens again, ask an administrator whether you may use this server.
        </Notice>
      )}
      <ButtonLink
        href={`/api/session/openid?returnTo=${encodeURIComponent(returnTo)}`}
        kind="primary"
        isOutside
      >
        Sign in with {provider}
      </ButtonLink>
      {form}
    </div>
  );
}
