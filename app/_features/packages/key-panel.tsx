'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '@/app/_lib/api-client';
import { useAttempt } from '@/app/_lib/use-attempt';
import { Button } from '@/app/_ui/button';
import { CopyLine, CopyLines } from '@/app/_ui/copy-button';
import { FailureLine } from '@/app/_ui/notice';
import type { KeyLabel, PackageKey } from '@/lib/media/content-key';
import type { PackageView } from '@/lib/packages/package-view';

/** A package's keys: fetched only when they are to be shown, and discarded when hidden again. */
export function KeyPanel({ pkg }: { pkg: PackageView }) {
  const [keys, setKeys] = useState<PackageKey[] | null>(null);
  const { attempt, failure } = useAttempt();

  const show = () =>
    attempt(async () => {
      setKeys((await callApi('GET', '/api/packages/{id}/keys', { params: { id: pkg.id } })).keys);
    });

  const isShown = keys !== null;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          icon={isShown ? EyeOff : Eye}
          onClick={isShown ? () => setKeys(null) : show}
          aria-expanded={isShown}
        >
          {isShown ? 'Hide key' : 'Show key'}
        </Button>
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
    <CopyLines className="mt-4">
      {keys.map(({ kidHex, keyHex, label }) => (
        <CopyLine key={kidHex} label={keyNames[label]} text={keyHex} />
      ))}
      {forDownload && (
        <CopyLine label="Play the download" text={ffplayCommand(videoName, forDownload.keyHex)} />
      )}
    </CopyLines>
  );
}

/** The file name that the server gives to a package's download. */
export function downloadName(videoName: string): string {
  return `${videoName.replace(/(?<=.)\.[^.]*$/, '')}_encrypted.mp4`;
}

/** A command line that plays the downloaded file, ready to paste into a POSIX shell. */
export function ffplayCommand(videoName: string, keyHex: string): string {
  const quoted = downloadName(videoName).replace(/[\\"$`]/g, '\\$&');
  return `ffplay "${quoted}" -decryption_key ${keyHex}`;
}

/** The key of the download: a separate one if there is one key per track type. */
export function downloadKey(keys: PackageKey[]): PackageKey | undefined {
  return keys.find(({ label }) => label === 'download') ?? keys[0];
}
