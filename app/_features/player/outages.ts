/** The state of the connection to the server, as far as it matters to viewers. */
export type ConnectionState =
  | { kind: 'fine' }
  /** Requests fail, and playback waits for them. */
  | { kind: 'reconnecting' }
  /**
   * Requests have failed for a minute. `status` is the HTTP status of the server's response, 0 if there was
   * none.
   */
  | { kind: 'lost'; status: number };

/** How long requests are retried before the viewer sees an error. */
export const patienceMs = 60_000;

const firstPauseMs = 500;
const longestPauseMs = 10_000;

/**
 * The pause before the next try: doubled with each try, and randomized so that players do not all return at
 * once.
 */
export function pauseBefore(attempt: number, random = Math.random()): number {
  return Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs) * (0.8 + 0.4 * random);
}

interface Failing {
  sinceMs: number;
  status: number;
  /** Requests that will be retried. */
  waiting: number;
}

/** Tracks failing requests by their address, and lets them wait for their next try. */
export class Outages {
  readonly #failing = new Map<string, Failing>();
  readonly #waiters = new Set<() => void>();

  /**
   * Waits until it is time to retry an address: longer after each attempt, but only until the browser is
   * online again.
   */
  async untilRetry(address: string, status: number, attempt: number, signal?: AbortSignal): Promise<void> {
    const failing = this.#failing.get(address) ?? { sinceMs: performance.now(), status, waiting: 0 };
    this.#failing.set(address, failing);
    failing.status = status;
    failing.waiting += 1;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, pauseBefore(attempt));
      this.#waiters.add(done);
      signal?.addEventListener('abort', done);
      if (signal?.aborted) done();
    });
    failing.waiting -= 1;
  }

  /**
   * Called when an address has responded: the server is up, so requests waiting for other addresses are tried
   * now.
   */
  answered(address: string): void {
    if (this.#failing.size === 0) return;
    this.#failing.delete(address);
    // These requests have been abandoned, after a seek or a change of quality.
    for (const [other, { waiting }] of this.#failing) if (waiting === 0) this.#failing.delete(other);
    this.retryNow();
  }

  retryNow(): void {
    for (const retry of [...this.#waiters]) retry();
  }

  areThereAny(): boolean {
    return this.#failing.size > 0;
  }

  /** @param isStalled whether playback waits for the missing data */
  state(isStalled: boolean): ConnectionState {
    if (this.#failing.size === 0 || !isStalled) return { kind: 'fine' };
    const [longest] = [...this.#failing.values()].sort((a, b) => a.sinceMs - b.sinceMs);
    const isLost = longest !== undefined && performance.now() - longest.sinceMs >= patienceMs;
    return isLost ? { kind: 'lost', status: longest.status } : { kind: 'reconnecting' };
  }
}

const intervalMs = 500;

/**
 * Reports the connection state as far as the viewer notices it: the buffered part plays first. Once the
 * browser is online again, all waiting requests are tried.
 * @returns a function that stops watching
 */
export function watchConnection(
  video: HTMLVideoElement,
  outages: Outages,
  onChange: (state: ConnectionState) => void,
): () => void {
  let last: ConnectionState['kind'] = 'fine';
  const look = () => {
    const isStalled = video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    const state = outages.state(isStalled && !video.ended);
    if (state.kind === last) return;
    last = state.kind;
    onChange(state);
  };
  const onOnline = () => outages.retryNow();
  const timer = setInterval(look, intervalMs);
  addEventListener('online', onOnline);
  return () => {
    clearInterval(timer);
    removeEventListener('online', onOnline);
  };
}
