import { JobEvents } from '@/lib/jobs/job-events';
import type { KeyRecord, StoredPackage, TextRecord, VersionRecord, VideoRecord } from '@/lib/ledger/records';
import { after, type JobLife, type PackageEvent } from '@/lib/lifecycle/lifecycle';

export interface MemoryJob extends JobLife {
  id: number;
  packageId: number;
  holder: string | null;
  priority: number;
}

interface MemoryKey extends KeyRecord {
  lastVersion: number | null;
}

const newJob = { holder: null, priority: 0 };

/** What the ledger and the queue in memory share. Their functions do not wait, so each is one transaction. */
export class MemoryTables {
  readonly videos = new Map<number, VideoRecord>();
  readonly texts = new Map<number, TextRecord>();
  readonly packages = new Map<number, StoredPackage>();
  readonly keys = new Map<number, MemoryKey>();
  readonly versions = new Map<number, VersionRecord>();
  readonly jobs = new Map<number, MemoryJob>();
  readonly events = new JobEvents();
  private lastId = 0;

  /** One sequence for all tables: an id of one kind is never that of another. */
  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  jobsOf(packageId: number): MemoryJob[] {
    return ofPackage(this.jobs, packageId).toSorted((a, b) => a.id - b.id);
  }

  keysOf(packageId: number): MemoryKey[] {
    return ofPackage(this.keys, packageId);
  }

  versionsOf(packageId: number): VersionRecord[] {
    return ofPackage(this.versions, packageId);
  }

  /** Applies an event to a package: the lifecycle decides what changes. */
  apply(packageId: number, event: PackageEvent): void {
    const row = this.packages.get(packageId);
    if (!row) return;
    const before = {
      jobs: this.jobsOf(packageId),
      keys: this.keysOf(packageId),
      versions: this.versionsOf(packageId),
    };
    const life = { ...row, ...before, versions: before.versions.map(({ number }) => number) };
    const { jobs, keys, versions, ...rest } = after(life, event);
    this.packages.set(packageId, { ...row, ...rest });
    this.replaceJobs(packageId, before.jobs, jobs);
    for (const key of before.keys) {
      const now = keys.find(({ id }) => id === key.id);
      if (!now) this.keys.delete(key.id);
      else this.keys.set(key.id, { ...key, ...now, ...(now.state === 'retired' ? { wrappedKey: '' } : {}) });
    }
    for (const { id, number } of before.versions) if (!versions.includes(number)) this.versions.delete(id);
  }

  private replaceJobs(packageId: number, before: MemoryJob[], now: readonly JobLife[]): void {
    for (const { id } of before) this.jobs.delete(id);
    for (const job of now) {
      const id = job.id ?? this.nextId();
      const known = before.find((other) => other.id === id) ?? newJob;
      this.jobs.set(id, { ...known, ...job, id, packageId });
    }
  }

  /** Removes a package with all that belongs to it. */
  removePackage(packageId: number): string | undefined {
    const gone = this.packages.get(packageId);
    this.packages.delete(packageId);
    for (const rows of [this.jobs, this.keys, this.versions])
      for (const [id, row] of rows) if (row.packageId === packageId) rows.delete(id);
    return gone?.mediaId;
  }
}

const ofPackage = <Row extends { packageId: number }>(rows: Map<number, Row>, packageId: number): Row[] =>
  [...rows.values()].filter((row) => row.packageId === packageId);
