'use client';

import { KeyRound } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { buttonStyle } from '@/app/_ui/button-style';
import { Dialog } from '@/app/_ui/dialog';
import { FailureLine } from '@/app/_ui/failure-line';
import type { PackageView } from '@/lib/packages/package-view';
import { KeyOptions } from './key-options';
import { keyRequestOf, newKeyDraft } from './package-form';

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
          <Consequences isRevoking={isRevoking} />
          {pkg.keyMode === 'one' ? (
            <div className="mt-6 grid gap-5">
              <KeyOptions draft={draft} onChange={setDraft} isStrict={isStrict} />
            </div>
          ) : (
            <p className="mt-4 text-sm">Each type of track, and the download, gets a new random key.</p>
          )}
          <RevokeField isRevoking={isRevoking} onChange={setRevoking} />
          <FailureLine text={failure} className="mt-4" />
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <button type="button" className={buttonStyle('plain')} onClick={close}>
              Cancel
            </button>
            <button type="submit" className={buttonStyle('primary')} disabled={isBusy}>
              <KeyRound className="size-4" aria-hidden="true" />
              Make new keys
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

const forViewers = {
  kept: 'Playback continues: current viewers keep their key for a day, and new viewers get the new one.',
  revoked: 'Current viewers are interrupted, and continue with the new key when they reload the page.',
};
const consequences = [
  'The download is replaced. Older copies need the old key, which can’t be shown here afterwards: copy it first if somebody needs it.',
  'It takes seconds: the video is not encoded again.',
];

function Consequences({ isRevoking }: { isRevoking: boolean }) {
  return (
    <ul className="mt-3 grid list-disc gap-1.5 pl-5 text-pretty text-soft text-sm marker:text-line-strong">
      {[isRevoking ? forViewers.revoked : forViewers.kept, ...consequences].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

interface RevokeFieldProps {
  isRevoking: boolean;
  onChange: (isRevoking: boolean) => void;
}

function RevokeField({ isRevoking, onChange }: RevokeFieldProps) {
  return (
    <label className="mt-5 flex gap-3 rounded-control border border-line bg-surface p-3 transition-colors hover:border-line-strong has-checked:border-accent has-checked:bg-tint has-focus-visible:outline-3 has-focus-visible:outline-accent has-focus-visible:outline-offset-2">
      <input
        type="checkbox"
        checked={isRevoking}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 focus-visible:outline-none"
      />
      <span>
        <span className="block font-medium text-sm">Retire the old keys at once</span>
        <span className="mt-0.5 block text-pretty text-soft text-xs">
          For a key that has leaked: this server stops issuing it and deletes everything that is encrypted
          with it. Copies that were saved together with the key still play.
        </span>
      </span>
    </label>
  );
}
