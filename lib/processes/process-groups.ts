import { recordGroup } from './group-records';

/**
 * The running process groups. On globalThis, since Next.js bundles the worker and the route handlers
 * separately, and each bundle would have its own list.
 */
const key = Symbol.for('cenclave.process-groups');
const store = globalThis as { [key]?: Set<number> };
const running = () => {
  store[key] ??= new Set();
  return store[key];
};

/** Tracks a group until the returned function is called. */
export function trackGroup(leader: number | undefined): () => void {
  if (leader === undefined) return () => {};
  running().add(leader);
  const forget = recordGroup(leader);
  return () => {
    running().delete(leader);
    forget();
  };
}

/** Ends a process group at once. A missing group is no error. */
export function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ends every running group; called when the server stops. */
export function endAllGroups(): void {
  for (const leader of running()) endGroup(leader);
}
