import { ERRORS, type Lock, type Locker } from '@tus/server';

interface Holder {
  /** Asks the request that holds the lock to release it. */
  requestRelease: () => unknown;
  whenFree: Promise<void>;
  free: () => void;
}

const longestWaitMs = 30_000;

/**
 * Locks that admit one request at a time for each upload. A new request asks the holder of the lock to end,
 * since its client may have lost the connection without the server's knowledge. (The library's own lock asks
 * again in every turn of the event loop.)
 */
export function uploadLocks(): Locker {
  const holders = new Map<string, Holder>();
  return { newLock: (id) => uploadLock(id, holders) };
}

function uploadLock(id: string, holders: Map<string, Holder>): Lock {
  return {
    async lock(signal, requestRelease) {
      const giveUp = holders.has(id) ? AbortSignal.any([signal, AbortSignal.timeout(longestWaitMs)]) : signal;
      for (let holder = holders.get(id); holder; holder = holders.get(id)) {
        await holder.requestRelease();
        await Promise.race([holder.whenFree, whenAborted(giveUp)]);
        if (giveUp.aborted) throw ERRORS.ERR_LOCK_TIMEOUT;
      }
      holders.set(id, holderFor(requestRelease));
    },
    async unlock() {
      const holder = holders.get(id);
      holders.delete(id);
      holder?.free();
    },
  };
}

function holderFor(requestRelease: () => unknown): Holder {
  let free = () => {};
  const whenFree = new Promise<void>((resolve) => {
    free = resolve;
  });
  return { requestRelease, whenFree, free };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
