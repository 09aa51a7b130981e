import { ApiError, errorFromAnswer } from './api-client';

/**
 * Sends a form with a large file. Uses XMLHttpRequest, because fetch does not report how much has been sent.
 * @param onSent gets the share that has been sent, from 0 to 1
 * @throws ApiError; a DOMException named AbortError once the signal is aborted
 */
export function sendForm(
  path: string,
  form: FormData,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.upload.onprogress = ({ loaded, total }) => {
      if (total > 0) onSent(loaded / total);
    };
    request.onload = () => {
      if (request.status < 300) resolve();
      else reject(errorFromAnswer(request.status, request.responseText));
    };
    request.onerror = () =>
      reject(new ApiError('The upload failed: the connection to the server was lost. Try again.', 0));
    request.onabort = () => reject(new DOMException('The upload was canceled.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
