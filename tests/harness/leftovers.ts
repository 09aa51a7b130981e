import { readlinkSync } from 'node:fs';
import { startOf } from '@/lib/processes/group-records';
import { processesWith } from './processes';
import { filesBelow } from './temp-folder';

/** A process, with its start time: ids are reused. */
export interface Running {
  id: number;
  startedAt: string | null;
}

/** Processes that work below a folder: it is among their arguments, or they are in it. */
export const runningIn = (folder: string): Running[] =>
  [...new Set([...processesWith(folder), ...processesWith('').filter((id) => isIn(id, folder))])]
    .map((id) => ({ id, startedAt: startOf(id) }))
    .filter(({ startedAt }) => startedAt !== null);

/** The processes that are still running. */
export const stillRunning = (processes: Running[]): Running[] =>
  processes.filter(({ id, startedAt }) => startOf(id) === startedAt);

function isIn(id: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${id}/cwd`).startsWith(folder);
  } catch {
    return false; // it has ended meanwhile
  }
}

/** The files of running jobs below a storage folder, and of those that left any. */
export const filesOfJobs = async (storage: string): Promise<string[]> =>
  (await filesBelow(storage)).filter((file) => /^work\/[^/]+\/jobs\//.test(file));
