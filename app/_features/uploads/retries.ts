import { ApiError } from '@/app/_lib/api-client';

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
