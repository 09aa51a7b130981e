'use client';

import { KeyRound } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { Button } from '@/app/_ui/button';
import { CheckField } from '@/app/_ui/choice-field';
import { Dialog, DialogActions } from '@/app/_ui/dialog';
import { FailureLine } from '@/app/_ui/notice';
import type { PackageView } from '@/lib/packages/package-view';
import { keyRequestOf, newKeyDraft } from './package-form';
import { KeyOptions } from './package-options';

const forViewers = {
  kept: 'Playback continues: current viewers keep their key for a day, and new viewers get the new one.',
  revoked: 'Current viewers are interrupted, and continue with the new key when they reload the page.',
};
const consequences = [
  'The download is replaced. Older copies need the old key, which can’t be shown here afterwards: copy it first if somebody needs it.',
  'It takes seconds: the video is not encoded again.',
];

interface NewKeysProps {
  pkg: PackageView;
  onRequested: () => Promise<void>;
  onClose: () => void;
}

/** Explains what new keys for a package do, and asks for confirmation. */
export function NewKeys({ pkg, onRequested, onClose }: NewKeysProps) {
  const [draft, setDraft] = useState(newKeyDraft);
  const [isStrict, setStrict] = useState(false);
  const [isRevoking, setRevoking] = useState(false);
  const { attempt, isBusy, failure } = useAttempt();
  const submit = (event: SubmitEvent<HTMLFormElement>, close: () => void) => {
    event.preventDefault();
    const request = keyRequestOf(draft);
    setStrict(request === null);
    if (request === null) return;
    void attempt(async () => {
      const body = { ...request, revoke: isRevoking };
      await callApi('POST', '/api/packages/{id}/rekey', { params: { id: pkg.id }, body });
      await onRequested();
      close();
    });
  };
  return (
    <Dialog title={`New keys for package ${pkg.id}?`} onClose={onClose} isWide>
      {(close) => (
        <form onSubmit={(event) => submit(event, close)} noValidate>
          <ul className="mt-3 mb-6 grid list-disc gap-1.5 pl-5 text-pretty text-soft text-sm marker:text-line-strong">
            {[isRevoking ? forViewers.revoked : forViewers.kept, ...consequences].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <div className="grid gap-5">
            {pkg.keyMode === 'one' ? (
              <KeyOptions draft={draft} onChange={setDraft} isStrict={isStrict} />
            ) : (
              <p className="text-sm">Each type of track, and the download, gets a new random key.</p>
            )}
            <CheckField
              label="Retire the old keys at once"
              hint="For a key that has leaked: this server stops issuing it and deletes everything that is encrypted with it. Copies that were saved together with the key still play."
              isChecked={isRevoking}
              onChange={setRevoking}
            />
            <FailureLine text={failure} />
          </div>
          <DialogActions>
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" kind="primary" icon={KeyRound} disabled={isBusy}>
              Make new keys
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
