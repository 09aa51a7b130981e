import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { takeLock } from '@/db/sqlite/instance-lock';
import type { App } from '@/lib/app/app';
import { endDeadGroups } from '@/lib/processes/end-dead-groups';
import { workFolder } from '@/lib/storage/folders';
import { randomName } from '@/lib/storage/keys';

/** One process that works on a storage folder: the server, or a worker. */
export interface Instance {
  name: string;
  /** Where its jobs work; nothing in it outlives the process. */
  workspace: string;
}

const lockFile = (folder: string) => path.join(folder, 'lock');

/**
 * Makes a folder for this process, locked as long as it lives, where its jobs work and where its running
 * tools are recorded.
 */
export function openInstance({ settings, tools }: Pick<App, 'settings' | 'tools'>): Instance {
  for (;;) {
    const name = randomName();
    const folder = path.join(workFolder(settings.STORAGE_DIR), name);
    const workspace = path.join(folder, 'jobs');
    mkdirSync(workspace, { recursive: true, mode: 0o700 });
    if (!lockNew(folder)) continue;
    tools.groups.keepRecords(folder);
    process.once('exit', () => {
      // First, so that nothing is written into the folder while it is removed.
      tools.groups.endAll();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    });
    return { name, workspace };
  }
}

/** Locks a new folder; false when another process takes it for that of a dead one, and removes it. */
function lockNew(folder: string): boolean {
  const file = lockFile(folder);
  try {
    return takeLock(file) !== null && existsSync(file);
  } catch (error) {
    if (existsSync(folder)) throw error;
    return false;
  }
}

/**
 * Ends what dead processes left: their tools, their files, and their hold on jobs. Every process does this at
 * its start and from time to time, so that the jobs of a killed worker go on at once.
 */
export async function endDeadInstances(
  { settings, queue }: Pick<App, 'settings' | 'queue'>,
  own: Instance,
): Promise<void> {
  for (const name of namesIn(settings.STORAGE_DIR)) {
    if (name === own.name) continue;
    const folder = path.join(workFolder(settings.STORAGE_DIR), name);
    const release = lockOf(folder);
    if (!release) continue;
    await endDeadGroups(folder);
    rmSync(folder, { recursive: true, force: true });
    release();
  }
  // Listed again: a process that has started meanwhile may hold a job by now.
  await queue.releaseDead([own.name, ...namesIn(settings.STORAGE_DIR)]);
}

/** Whether any process works on a storage folder, apart from a server that does not accept requests yet. */
export const hasInstances = (root: string): boolean =>
  namesIn(root).some((name) => {
    const release = lockOf(path.join(workFolder(root), name));
    release?.();
    return !release;
  });

function namesIn(root: string): string[] {
  return readdirSync(workFolder(root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The lock of a process that died; null while it lives. */
function lockOf(folder: string): (() => void) | null {
  try {
    return takeLock(lockFile(folder));
  } catch {
    // It is being removed, or cannot be read: in doubt, its process lives.
    return null;
  }
}
