import { ApiError, errorFromAnswer } from '../api-client';

/**
 * Uploads one file as the field `file`. By XMLHttpRequest, because fetch does not tell how much has been sent.
 * @throws ApiError; a DOMException named AbortError once the signal is aborted
 */
export function sendFile(
  file: File,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<{ id: number }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/videos');
    request.upload.onprogress = ({ loaded, total }) => {
      // The multipart frame counts in both figures; the person's file is what is shown.
      if (total > 0) onSent(Math.min(file.size, Math.round((loaded / total) * file.size)));
    };
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText));
      else reject(errorFromAnswer(request.status, request.responseText));
    };
    request.onerror = () =>
      reject(new ApiError('The upload broke off: the connection to the server was lost.', 0));
    request.onabort = () => reject(new DOMException('The upload was canceled.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
