// On globalThis, since Next.js bundles the worker and the route handlers apart.
const key = Symbol.for('cenclave.worker-bell');
const shared = globalThis as { [key]?: EventTarget };
const bell = () => {
  shared[key] ??= new EventTarget();
  return shared[key];
};

/** Tells idle workers of this process that there is a new job. Those of other processes find it when they next look. */
export function wakeWorkers(): void {
  bell().dispatchEvent(new Event('work'));
}

/** Waits until there may be work: the bell rings, or `milliseconds` have passed. */
export function untilWork(milliseconds: number): Promise<void> {
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

/** Tells workers of this process that a job was canceled; those of others learn of it with their next heartbeat. */
export function tellCancel(): void {
  bell().dispatchEvent(new Event('cancel'));
}

/** Calls back when a job was canceled, until the returned function is called. */
export function onCancel(listener: () => void): () => void {
  bell().addEventListener('cancel', listener);
  return () => bell().removeEventListener('cancel', listener);
}
