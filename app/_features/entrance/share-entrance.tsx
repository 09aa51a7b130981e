'use client';

import { Play } from 'lucide-react';
import useSWRImmutable from 'swr/immutable';
import { ApiError, callApi, errorMessageOf } from '@/app/_lib/api-client';
import { formText } from '@/app/_lib/form-text';
import { useFormAttempt } from '@/app/_lib/use-attempt';
import { Button } from '@/app/_ui/button';
import { Form } from '@/app/_ui/form';
import { PasswordField } from '@/app/_ui/password-field';
import { EntranceMessage } from './entrance';

/** Opens a share link: by a request, so that programs that preview a link do not count as viewers. */
export function ShareEntrance({ secret }: { secret: string }) {
  const { data, error, mutate } = useSWRImmutable(
    ['share', secret],
    async () => {
      const { play } = await callApi('POST', '/api/shares/open', { body: { secret } });
      if (play !== null) location.replace(play);
      return { needsPassword: play === null };
    },
    { shouldRetryOnError: false },
  );
  if (error instanceof ApiError && error.status === 404)
    return (
      <EntranceMessage title="This link does not work any more">
        <p>
          It may have expired, or whoever made it has revoked it. Ask the person who sent it for a new one.
        </p>
      </EntranceMessage>
    );
  if (error !== undefined)
    return (
      <EntranceMessage title="The video can’t be opened now">
        <p>{errorMessageOf(error)}</p>
        <Button onClick={() => void mutate()}>Try again</Button>
      </EntranceMessage>
    );
  if (data?.needsPassword) return <PasswordForm secret={secret} />;
  return (
    <p role="status" className="text-center text-soft">
      Opening the video…
    </p>
  );
}

function PasswordForm({ secret }: { secret: string }) {
  const { attempt, isBusy, failureAt, failure } = useFormAttempt(['password']);
  const open = (form: FormData) =>
    attempt(async () => {
      const body = { secret, password: formText(form, 'password') };
      const { play } = await callApi('POST', '/api/shares/open', { body });
      if (play !== null) location.replace(play);
    });
  return (
    <Form
      title="This video has a password"
      note="The person who sent you the link has it."
      rank="page"
      onSubmit={({ currentTarget }) => open(new FormData(currentTarget))}
      failure={failure}
      submit={{ label: isBusy ? 'Opening…' : 'Watch', icon: Play, isDisabled: isBusy }}
    >
      <PasswordField
        label="Password"
        name="password"
        autoComplete="off"
        required
        autoFocus
        problem={failureAt('password')}
      />
    </Form>
  );
}
