import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runningFolder } from '@/lib/storage/folders';

/** A recorded process group. */
export interface GroupRecord {
  leader: number;
  /** The result of `startOf` for its leader. */
  startedAt: string;
}

const markName = 'CENCLAVE_TOOL_OF';

/** The mark of a server in the environment of its tools. */
export const groupMark = (records: string): Record<string, string> => ({ [markName]: records });

/** The groups with a process that carries the mark of a storage folder. */
export function listMarked(root: string): GroupRecord[] {
  const mark = `${markName}=${runningFolder(root)}`;
  const leaders = namesIn('/proc')
    .filter((name) => /^[1-9]\d*$/.test(name) && environmentOf(name).includes(mark))
    .map((name) => Number(statOf(Number(name))?.group));
  return [...new Set(leaders)].flatMap((leader) => {
    const startedAt = startOf(leader);
    return startedAt === null ? [] : [{ leader, startedAt }];
  });
}

/** The environment of a process; empty where it may not be read. */
function environmentOf(id: string): string[] {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** The groups that an earlier server recorded and did not see end. */
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
 * The start time of a process: the boot's id, and clock ticks since that boot. Process ids are reused;
 * together with its start time, an id identifies one process. It stays the same across exec. Null when there
 * is no such process, it is a zombie, or this is not Linux.
 */
export function startOf(id: number): string | null {
  const stat = statOf(id);
  if (!stat || stat.state === 'Z' || stat.state === 'X') return null;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${stat.startTicks}`;
}

/** Fields of proc_pid_stat(5). */
function statOf(id: number) {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
    // The second field is the program's name, which may hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], group: fields[2], startTicks: fields[19] };
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
