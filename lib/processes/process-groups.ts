import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { log } from '@/lib/base/log';
import { runningFolder } from '@/lib/storage/folders';
import { groupMark, startOf } from './group-records';

/** The running process groups of this process, and their records. */
export class ProcessGroups {
  private readonly running = new Set<number>();
  private records: string | null = null;

  /** From now on, groups that start are recorded below a storage folder, for the next server. */
  keepRecords(root: string): void {
    this.records = runningFolder(root);
    mkdirSync(this.records, { recursive: true, mode: 0o700 });
  }

  /**
   * The mark in the environment of tools: it identifies their server where that died before it could record
   * them.
   */
  get mark(): Record<string, string> {
    return this.records === null ? {} : groupMark(this.records);
  }

  /** Tracks a group until the returned function is called. */
  track(leader: number | undefined): () => void {
    if (leader === undefined) return () => {};
    this.running.add(leader);
    const forget = this.record(leader);
    return () => {
      this.running.delete(leader);
      forget();
    };
  }

  /** Ends every running group; called when the server stops. */
  endAll(): void {
    for (const leader of this.running) endGroup(leader);
  }

  private record(leader: number): () => void {
    const startedAt = startOf(leader);
    if (this.records === null || startedAt === null) return () => {};
    const file = path.join(this.records, String(leader));
    // The work goes on without a record, which matters only if this process dies, and then mostly not.
    const orWarn = (change: () => void) => {
      try {
        change();
      } catch (err) {
        log().warn({ err, leader }, 'The record of a process group could not be written');
      }
    };
    orWarn(() => writeFileSync(file, startedAt, { mode: 0o600 }));
    return () => orWarn(() => rmSync(file, { force: true }));
  }
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
