'use client';

import { RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { formatBytes, formatPercent, formatSpeed, formatTimeLeft } from '@/app/_lib/format';
import { buttonStyle } from '@/app/_ui/button-style';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { FailureLine } from '@/app/_ui/failure-line';
import { ProgressBar } from '@/app/_ui/progress-bar';
import type { Upload } from './upload-queue';
import { secondsLeftOf } from './upload-totals';
import { uploadQueue } from './use-uploads';

export function UploadRow({ upload }: { upload: Upload }) {
  const { file, phase } = upload;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-5 py-4" data-testid="upload-row">
      <div className="min-w-0 flex-1 basis-56">
        <div className="flex items-baseline gap-3">
          <bdi className="min-w-0 flex-1 truncate font-medium text-sm" title={file.name}>
            {file.name}
          </bdi>
          <span className="shrink-0 text-soft text-xs tabular-nums">{formatBytes(file.size)}</span>
        </div>
        {phase === 'failed' ? (
          <FailureLine text={failureSentence(upload)} className="mt-1.5" />
        ) : (
          <UploadProgress upload={upload} />
        )}
      </div>
      <UploadActions upload={upload} />
    </li>
  );
}

function UploadActions({ upload }: { upload: Upload }) {
  const { id, file, phase } = upload;
  const [isAsking, setAsking] = useState(false);
  const isFailed = phase === 'failed';
  const loss = lossOf(upload);
  return (
    <div className="flex gap-1.5">
      {isFailed && (
        <button type="button" className={buttonStyle('plain')} onClick={() => uploadQueue.retry(id)}>
          <RotateCcw className="size-4" aria-hidden="true" />
          Try again
        </button>
      )}
      <button
        type="button"
        className={buttonStyle('quiet', 'icon')}
        onClick={() => (loss === null ? uploadQueue.remove(id) : setAsking(true))}
        aria-label={`${isFailed ? 'Dismiss' : 'Cancel the upload of'} ${file.name}`}
        title={isFailed ? 'Dismiss' : 'Cancel'}
      >
        <X className="size-4.5" aria-hidden="true" />
      </button>
      {isAsking && (
        <ConfirmDialog
          title={`Cancel the upload of ${file.name}?`}
          confirmLabel="Cancel the upload"
          closeLabel="Keep uploading"
          onConfirm={async () => uploadQueue.remove(id)}
          onClose={() => setAsking(false)}
        >
          <p>{loss}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

/** What canceling loses, for the question before it; null when nothing has been sent. */
function lossOf({ phase, file, sentBytes }: Upload): string | null {
  if (phase !== 'sending' && phase !== 'checking') return null;
  const sent = `${formatBytes(sentBytes)} of ${formatBytes(file.size)}`;
  return `The part that has been sent (${sent}) is deleted from the server. You can upload the video again later, from the start.`;
}

function failureSentence({ failure, videoId }: Upload): string {
  return `${videoId === null ? '' : 'The video was uploaded, but could not be packaged. '}${failure}`;
}

function UploadProgress({ upload }: { upload: Upload }) {
  const { phase, file, sentBytes } = upload;
  const isCounted = phase === 'sending' || phase === 'waiting';
  const share = file.size === 0 ? 0 : sentBytes / file.size;
  return (
    <div className="mt-2">
      <ProgressBar label={`Upload of ${file.name}`} value={isCounted ? share : null} tone="accent" />
      <p className="mt-1.5 flex flex-wrap gap-x-3 text-soft text-xs tabular-nums">
        {progressWords(upload, share)}
      </p>
    </div>
  );
}

function progressWords(upload: Upload, share: number): string {
  if (upload.isLost) return 'Connection lost. Trying again…';
  if (upload.phase === 'waiting') return 'Waiting for its turn';
  if (upload.phase === 'checking') return 'Uploaded. The server is checking the file…';
  if (upload.phase === 'requesting') return 'Starting to package…';
  const { bytesPerSecond } = upload;
  const secondsLeft = secondsLeftOf(upload);
  return [
    formatPercent(share),
    bytesPerSecond === null ? null : formatSpeed(bytesPerSecond),
    secondsLeft === null ? null : formatTimeLeft(secondsLeft),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
