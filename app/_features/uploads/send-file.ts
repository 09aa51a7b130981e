import type { DetailedError, Upload, UploadOptions } from 'tus-js-client';
import { type ApiError, errorFromAnswer } from '@/app/_lib/api-client';
import { claimAddress, freshAddresses } from './known-addresses';
import { connectionLostError, finishedVideo, isPassing, retryDelaysMs, videoIn } from './retries';

/** Callbacks of a running upload. */
export interface UploadCallbacks {
  onSent: (bytes: number) => void;
  /** The connection is lost; another try from the server's offset follows. */
  onLost: () => void;
}

type Tus = typeof import('tus-js-client');

/** The most that a lost connection costs. */
const chunkBytes = 8 * 1024 * 1024;

/**
 * Uploads one file by tus (docs/decisions/009-resumable-uploads.md). If this browser has started to send the
 * file before, the upload continues from where it stopped. An aborted upload is removed from the server.
 * @throws ApiError; a DOMException named AbortError once the signal is aborted
 */
export async function sendFile(
  file: File,
  events: UploadCallbacks,
  signal: AbortSignal,
): Promise<{ id: number }> {
  const tus = await loadTus();
  signal.throwIfAborted();
  const claims: (() => void)[] = [];
  try {
    return await transfer(tus, file, events, signal, claims);
  } finally {
    for (const release of claims) release();
  }
}

/** Loads the library when it is first needed, and never on the server. */
async function loadTus(): Promise<Tus> {
  try {
    return await import('tus-js-client');
  } catch {
    throw connectionLostError();
  }
}

function transfer(
  tus: Tus,
  file: File,
  events: UploadCallbacks,
  signal: AbortSignal,
  claims: (() => void)[],
): Promise<{ id: number }> {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, {
      ...protocolOf(file, events, signal),
      onUploadUrlAvailable: () => {
        if (signal.aborted) terminate(upload);
        else void claimAddress(upload.url ?? '').then((release) => release && claims.push(release));
      },
      onSuccess: ({ lastResponse }) => {
        const video = videoIn(lastResponse.getHeader('Upload-Video') ?? null);
        resolve(video ?? finishedVideo(upload.url ?? '', file.size, events.onLost, signal));
      },
      onError: (error) => reject(explain(error as DetailedError)), // the library throws no other
    });
    signal.addEventListener('abort', () => {
      // While the server creates an upload, its address is not known; the upload is removed once the address
      // has arrived.
      if (upload.url) terminate(upload);
      reject(signal.reason);
    });
    resume(tus, upload, claims).then(() => signal.aborted || upload.start(), reject);
  });
}

function protocolOf(file: File, { onSent, onLost }: UploadCallbacks, signal: AbortSignal): UploadOptions {
  return {
    endpoint: '/api/uploads',
    chunkSize: chunkBytes,
    metadata: { filename: file.name },
    retryDelays: [...retryDelaysMs],
    removeFingerprintOnSuccess: true,
    onBeforeRequest: (request) => {
      if (request.getMethod() !== 'DELETE') signal.throwIfAborted();
    },
    onAfterResponse: (request, response) => {
      // Otherwise the library would treat the upload as deleted while a proxy answers for a restarting
      // server.
      if (request.getMethod() === 'HEAD' && isPassing(response.getStatus())) throw connectionLostError();
    },
    onShouldRetry: ({ originalResponse }) => {
      if (signal.aborted || !isPassing(originalResponse?.getStatus() ?? 0)) return false;
      onLost();
      return true;
    },
    onProgress: (bytes) => onSent(bytes),
  };
}

/** Resumes an earlier upload of the same file, unless it already continues elsewhere. */
async function resume(tus: Tus, upload: Upload, claims: (() => void)[]): Promise<void> {
  for (const previous of await freshAddresses(tus, upload)) {
    const release = await claimAddress(previous.uploadUrl ?? '');
    if (!release) continue;
    claims.push(release);
    upload.resumeFromPreviousUpload(previous);
    return;
  }
}

/** If this fails, the server removes the upload after a day. */
function terminate(upload: Upload): void {
  upload.abort(true).catch(() => {});
}

function explain({ originalResponse }: DetailedError): ApiError {
  const status = originalResponse?.getStatus() ?? 0;
  return status === 0 ? connectionLostError() : errorFromAnswer(status, originalResponse?.getBody() ?? '');
}
