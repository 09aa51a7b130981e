/** How the connection to the server is, where it matters to a viewer. */
export type ConnectionState =
  | { kind: 'fine' }
  /** Requests fail, and playback waits for them. */
  | { kind: 'reconnecting' }
  /** The same for a minute. `status` is the server's answer (HTTP), 0 where there was none. */
  | { kind: 'lost'; status: number };

/** So long are requests tried again before the viewer is shown an error. */
export const patienceMs = 60_000;

const firstPauseMs = 500;
const longestPauseMs = 10_000;

/** How long to wait before the next try, doubled with each, and spread so that players do not come back all at once. */
export function pauseBefore(attempt: number, random = Math.random()): number {
  return Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs) * (0.8 + 0.4 * random);
}

interface Failing {
  sinceMs: number;
  status: number;
  /** Requests that will be tried again. */
  waiting: number;
}

/** Keeps account of requests that fail, by their address, and lets them wait for their next try. */
export class Outages {
  readonly #failing = new Map<string, Failing>();
  readonly #waiters = new Set<() => void>();

  /** Waits until it is time to try an address again: for longer after each attempt, or until the browser is online again. */
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

  /** An address has answered: the server is there, so what waits for another is tried now. */
  answered(address: string): void {
    if (this.#failing.size === 0) return;
    this.#failing.delete(address);
    // Nobody asks for these any more: after a seek, or at another quality.
    for (const [other, { waiting }] of this.#failing) if (waiting === 0) this.#failing.delete(other);
    this.retryNow();
  }

  retryNow(): void {
    for (const retry of [...this.#waiters]) retry();
  }

  areThereAny(): boolean {
    return this.#failing.size > 0;
  }

  /** @param isStalled whether playback waits for what did not come */
  state(isStalled: boolean): ConnectionState {
    if (this.#failing.size === 0 || !isStalled) return { kind: 'fine' };
    const [longest] = [...this.#failing.values()].sort((a, b) => a.sinceMs - b.sinceMs);
    const isLost = longest !== undefined && performance.now() - longest.sinceMs >= patienceMs;
    return isLost ? { kind: 'lost', status: longest.status } : { kind: 'reconnecting' };
  }
}
