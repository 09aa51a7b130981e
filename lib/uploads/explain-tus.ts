import { ERRORS } from '@tus/server';
import { AppError, type ErrorCode } from '@/lib/base/errors';
import { tooLarge } from '@/lib/http/receive-upload';
import { isDiskFull, orDiskFull } from '@/lib/storage/disk-full';

const codes: Record<number, ErrorCode> = {
  404: 'upload-not-found',
  409: 'upload-offset-wrong',
  410: 'upload-not-found',
  412: 'tus-version-unknown',
  413: 'body-too-large',
  423: 'upload-busy',
};

const messages: Partial<Record<ErrorCode, string>> = {
  'upload-not-found':
    'There is no such upload. Unfinished ones are removed a day after their last byte; begin again.',
  'upload-offset-wrong': 'Upload-Offset is not the current offset of the upload. Get that with HEAD.',
  'tus-version-unknown': 'Send the header Tus-Resumable: 1.0.0.',
  'body-too-large': 'The body is longer than the rest of the announced Upload-Length.',
  'upload-busy':
    'Another request is sending this upload, or has replaced this one. Get its offset with HEAD.',
};

/**
 * Turns an error of the tus library into an AppError; an error that is not a refusal is returned unchanged.
 */
export function explainTus(error: unknown, maxBytes: number): unknown {
  if (error instanceof AppError || !isObject(error)) return error;
  if (isDiskFull(error)) return orDiskFull(error);
  if (error === ERRORS.ERR_MAX_SIZE_EXCEEDED) return tooLarge(maxBytes);
  if (error === ERRORS.ABORTED || error === ERRORS.ERR_LOCK_TIMEOUT) return tusRefusal(423, '');
  const { status_code: status, body } = error;
  return typeof status === 'number' && typeof body === 'string' ? tusRefusal(status, body) : error;
}

/** The refusal of the library with this status; for one about headers, its text names the header. */
export function tusRefusal(status: number, text: string): AppError {
  const code = codes[status] ?? 'upload-header-invalid';
  const about = text.trim().replace(/\.$/, '');
  return new AppError(code, messages[code] ?? `This is not a valid tus 1.0 request: ${about}.`);
}

/** For an upload of somebody else, too. */
export function uploadNotFound(): never {
  throw tusRefusal(404, '');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
