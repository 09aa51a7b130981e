// On globalThis, since Next.js bundles the worker and the route handlers separately.
const key = Symbol.for('cenclave.worker-bell');
const shared = globalThis as { [key]?: EventTarget };
const bell = () => {
  shared[key] ??= new EventTarget();
  return shared[key];
};

/** Wakes idle workers of this process for a new job. Those of other processes find it at their next poll. */
export function wakeWorkers(): void {
  bell().dispatchEvent(new Event('work'));
}

/** Waits for wakeWorkers, but at most `milliseconds`. */
export function waitForWork(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      bell().removeEventListener('work', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    bell().addEventListener('work', done);
  });
}

/**
 * Notifies workers of this process that a job was canceled; those of other processes see it at their next
 * heartbeat.
 */
export function announceCancel(): void {
  bell().dispatchEvent(new Event('cancel'));
}

/** Calls `listener` whenever a job is canceled, until the returned function is called. */
export function onCancel(listener: () => void): () => void {
  bell().addEventListener('cancel', listener);
  return () => bell().removeEventListener('cancel', listener);
}
