'use client';

import { RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { failureOf } from '@/app/_lib/api-client';
import { countOf, formatBytes, formatPercent, formatSpeed, formatTimeLeft } from '@/app/_lib/format';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/dialog';
import { FailureLine } from '@/app/_ui/notice';
import { ProgressBar } from '@/app/_ui/progress';
import { secondsLeftOf, type Upload, uploadTotals } from './upload';
import { uploadQueue, useUploads } from './use-uploads';

/** The uploads that run, wait or have failed. Renders nothing if there are none. */
export function UploadList() {
  const { uploads } = useUploads();
  if (uploads.length === 0) return null;
  return (
    <section aria-labelledby="uploads-title" className="panel overflow-hidden">
      <h2 id="uploads-title" className="border-line border-b px-5 py-3.5 font-semibold text-sm">
        {titleOf(uploads)}
      </h2>
      <ul className="divide-y divide-line">
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  );
}

function titleOf(uploads: readonly Upload[]): string {
  const { running, progress } = uploadTotals(uploads);
  if (running === 0) return `${countOf(uploads.length, 'upload')} failed`;
  return `Uploading ${countOf(running, 'video')} · ${formatPercent(progress)}`;
}

function UploadRow({ upload }: { upload: Upload }) {
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
        <Button icon={RotateCcw} onClick={() => uploadQueue.retry(id)}>
          Try again
        </Button>
      )}
      <Button
        kind="quiet"
        size="icon"
        icon={X}
        title={isFailed ? 'Dismiss' : 'Cancel'}
        aria-label={`${isFailed ? 'Dismiss' : 'Cancel the upload of'} ${file.name}`}
        onClick={() => (loss === null ? uploadQueue.remove(id) : setAsking(true))}
      />
      {isAsking && (
        <ConfirmDialog
          title={`Cancel the upload of ${file.name}?`}
          confirmLabel="Cancel the upload"
          closeLabel="Keep uploading"
          onConfirm={() => failureOf(async () => uploadQueue.remove(id))}
          onClose={() => setAsking(false)}
        >
          {loss}
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
