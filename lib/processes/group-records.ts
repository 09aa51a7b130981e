import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { log } from '@/lib/log';
import { runningFolder } from '@/lib/storage/folders';

/** A group that a record tells of. */
export interface GroupRecord {
  leader: number;
  /** What `startOf` said of its leader. */
  startedAt: string;
}

// On globalThis, since Next.js bundles instrumentation.ts and the route handlers apart.
const key = Symbol.for('cenclave.group-records');
const shared = globalThis as { [key]?: string };

/** From now on, groups that this process starts are written down below a storage folder, for the server after it. */
export function keepRecords(root: string): void {
  mkdirSync(runningFolder(root), { recursive: true, mode: 0o700 });
  shared[key] = runningFolder(root);
}

/** Writes a group down until the returned function is called. */
export function recordGroup(leader: number): () => void {
  const folder = shared[key];
  const startedAt = startOf(leader);
  if (folder === undefined || startedAt === null) return () => {};
  const file = path.join(folder, String(leader));
  // Without a record the work goes on as well: it counts only if this process dies, and then mostly not.
  const orWarn = (change: () => void) => {
    try {
      change();
    } catch (err) {
      log().warn({ err, leader }, 'The record of a process group could not be kept');
    }
  };
  orWarn(() => writeFileSync(file, startedAt, { mode: 0o600 }));
  return () => orWarn(() => rmSync(file, { force: true }));
}

/** The groups that an earlier server wrote down and did not see end. */
export function listRecords(root: string): GroupRecord[] {
  const folder = runningFolder(root);
  return namesIn(folder)
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map((name) => ({ leader: Number(name), startedAt: readFileSync(path.join(folder, name), 'utf8') }));
}

export function forgetRecords(root: string): void {
  rmSync(runningFolder(root), { recursive: true, force: true });
}

/**
 * When a process started: the boot's id, and clock ticks since that boot. Ids of processes are given out again; with this
 * beside it, an id means one process. It stays the same when a program hands on to another (exec).
 * Null when there is no such process, or it has ended and only waits to be counted, or this is not Linux.
 */
export function startOf(id: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    // proc_pid_stat(5): the second field is the program's name, which may hold spaces and parentheses.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? null : `${boot} ${fields[18]}`;
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
