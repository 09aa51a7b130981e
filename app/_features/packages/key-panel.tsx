'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { buttonStyle } from '@/app/_ui/button-style';
import { CopyableLine } from '@/app/_ui/copyable-line';
import { FailureLine } from '@/app/_ui/failure-line';
import type { KeyLabel, PackageKey } from '@/lib/media/content-key';
import type { PackageView } from '@/lib/packages/package-view';
import { downloadKey, ffplayCommand } from './ffplay-command';

/** A package's keys: fetched only when they are to be shown, and discarded when hidden again. */
export function KeyPanel({ pkg }: { pkg: PackageView }) {
  const [keys, setKeys] = useState<PackageKey[] | null>(null);
  const { attempt, failure } = useAttempt();

  const show = () =>
    attempt(async () => {
      setKeys((await callApi('GET', '/api/packages/{id}/keys', { params: { id: pkg.id } })).keys);
    });

  const isShown = keys !== null;
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          type="button"
          className={buttonStyle('plain')}
          onClick={isShown ? () => setKeys(null) : show}
          aria-expanded={isShown}
        >
          <Icon className="size-4" aria-hidden="true" />
          {isShown ? 'Hide key' : 'Show key'}
        </button>
        <p className="text-soft text-sm">Anyone who has the key can decrypt the video.</p>
      </div>
      <FailureLine text={failure} className="mt-3" />
      {isShown && <Keys keys={keys} videoName={pkg.videoName} />}
    </div>
  );
}

const keyNames: Record<KeyLabel, string> = {
  all: 'Key',
  audio: 'Key for audio',
  sd: 'Key for SD',
  hd: 'Key for HD',
  uhd: 'Key for UHD',
  download: 'Key for the download',
};

function Keys({ keys, videoName }: { keys: PackageKey[]; videoName: string }) {
  const forDownload = downloadKey(keys);
  return (
    <div className="mt-4 divide-y divide-line rounded-control bg-sunken px-4 py-2">
      {keys.map(({ kidHex, keyHex, label }) => (
        <CopyableLine key={kidHex} label={keyNames[label]} text={keyHex} />
      ))}
      {forDownload && (
        <CopyableLine label="Play the download" text={ffplayCommand(videoName, forDownload.keyHex)} />
      )}
    </div>
  );
}
