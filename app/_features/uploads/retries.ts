import { ApiError, errorFromAnswer } from '@/app/_lib/api-client';

/** Ten minutes in all without another byte: a server that is being updated is back by then. */
export const retryDelaysMs: readonly number[] = [0, 1000, 2000, 4000, ...Array<number>(120).fill(5000)];

/** No response; another request still holds the upload; or a proxy whose server is restarting. */
const passing = new Set([0, 409, 423, 502, 503, 504]);

/** Whether the same request may succeed a little later. */
export function isPassing(status: number): boolean {
  return passing.has(status);
}

/** The error after the last try. */
export function connectionLostError(): ApiError {
  return new ApiError(
    'The connection to the server was lost. Try again: the upload continues where it stopped.',
    0,
  );
}

/** The video that a response names in `Upload-Video`. */
export function videoIn(header: string | null): { id: number } | null {
  return header === null ? null : { id: Number(header) };
}

/**
 * The video of an upload whose bytes have all been sent, but without a response to the last one: one more
 * request, without bytes, makes the server finish the upload or return its video again.
 * @throws ApiError
 */
export async function finishedVideo(
  url: string,
  sizeBytes: number,
  onLost: () => void,
  signal: AbortSignal,
): Promise<{ id: number }> {
  const headers = {
    'Tus-Resumable': '1.0.0',
    'Upload-Offset': String(sizeBytes),
    'Content-Type': 'application/offset+octet-stream',
  };
  for (const delayMs of retryDelaysMs) {
    const answer = await fetch(url, { method: 'PATCH', headers, signal }).catch(() => null);
    signal.throwIfAborted();
    if (answer && !isPassing(answer.status)) return videoOf(answer);
    onLost();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
  throw connectionLostError();
}

async function videoOf(answer: Response): Promise<{ id: number }> {
  const video = videoIn(answer.headers.get('Upload-Video'));
  if (answer.ok && video) return video;
  if (answer.ok) throw new ApiError('The server did not say which video the file became.', answer.status);
  throw errorFromAnswer(answer.status, await answer.text());
}
