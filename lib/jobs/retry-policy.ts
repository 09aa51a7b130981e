import { AppError, type ErrorCode } from '@/lib/base/errors';
import { orDiskFull } from '@/lib/storage/disk-full';
import type { JobFailure } from './queue';

/** Attempts at a job with transient faults, or whose worker died. */
export const maxAttempts = 3;

/** The failure of a job whose worker died at every attempt. */
export const attemptsExhausted: JobFailure = {
  code: 'attempts-exhausted',
  message: `The work was interrupted ${maxAttempts} times, for example because the server stopped without warning. Try again.`,
};

/** Faults of the machine rather than of the file: another attempt may succeed. */
const passing: ErrorCode[] = ['internal', 'tool-killed'];

export function isTransient(thrown: unknown): boolean {
  const error = orDiskFull(thrown);
  return !(error instanceof AppError) || passing.includes(error.code);
}

/** Seconds before the next attempt, after so many failed ones: 5, 30, 180. */
export function backoffSeconds(failures: number): number {
  return 5 * 6 ** (failures - 1);
}

/** The failure that a package shows after a failed attempt; an unforeseen error shows no details. */
export function failureOf(thrown: unknown): JobFailure {
  const error = orDiskFull(thrown);
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return {
    code: 'internal',
    message: 'Packaging failed with an unexpected error. The server log has details.',
  };
}
