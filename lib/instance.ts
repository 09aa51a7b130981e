import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { takeLock } from '@/db/instance-lock';
import type { App } from '@/lib/app';
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
 * Makes a folder for this process, locked as long as it lives, where its jobs work and where its running tools
 * are recorded.
 */
export function openInstance({ settings, tools }: Pick<App, 'settings' | 'tools'>): Instance {
  for (;;) {
    const name = randomName();
    const folder = path.join(workFolder(settings.STORAGE_DIR), name);
    const workspace = path.join(folder, 'jobs');
    mkdirSync(workspace, { recursive: true, mode: 0o700 });
    // Another process may have taken the new folder for that of a dead one, and removes it.
    if (!takeLock(lockFile(folder))) continue;
    tools.groups.keepRecords(folder);
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    return { name, workspace };
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
  const living = [own.name];
  for (const name of namesIn(settings.STORAGE_DIR)) {
    if (name === own.name) continue;
    const folder = path.join(workFolder(settings.STORAGE_DIR), name);
    const release = lockOf(folder);
    if (!release) {
      living.push(name);
      continue;
    }
    await endDeadGroups(folder);
    rmSync(folder, { recursive: true, force: true });
    release();
  }
  await queue.releaseDead(living);
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
