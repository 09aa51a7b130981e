import type { KeyLabel, KeyMode, ProtectionSystem } from '@/lib/media/content-key';
import type { JobTask } from '@/lib/media/job-task';
import type { Scheme } from '@/lib/media/scheme';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Stage } from '@/lib/media/status';
import type { TextRole } from '@/lib/media/text-track';
import type { Checksums, Publication, PublishedVersion } from '@/lib/media/track';

/**
 * Everything that a worker needs to package a video: it asks neither the database nor the web server for
 * more.
 */
export interface PackagingJob {
  id: number;
  /** The number of this attempt, from 1; also the fencing token of the claim. */
  attempt: number;
  /** Earlier attempts that failed by a transient fault, or whose worker died. */
  failures: number;
  packageId: number;
  mediaId: string;
  task: JobTask;
  scheme: Scheme;
  keyMode: KeyMode;
  signalling: ProtectionSystem[];
  /** The version that is served now; null when there is none. */
  current: PublishedVersion | null;
  /** Whether the package has a download, possibly with older keys. */
  hasDownload: boolean;
  /** The folder of the download that is served now; null when there is none. */
  servedDownload: string | null;
  /** The number that the next version gets. */
  versionNumber: number;
  source: { storageKey: string; name: string; probe: SourceProbe };
  /** Text tracks that were uploaded for the video. */
  texts: { id: number; language: string; label: string; role: TextRole; storageKey: string }[];
  /** The keys for new versions, and those of the version that is served now. */
  keys: WrappedKey[];
  currentKeys: WrappedKey[];
}

/** A content key at rest, wrapped under the master key. */
export interface WrappedKey {
  label: KeyLabel;
  kidHex: string;
  wrappedKey: string;
}

export interface JobFailure {
  code: string;
  message: string;
}

/**
 * The queue port: how workers get jobs and report on them. SQLite implements it; another queue can replace
 * it. Each write names the claim (`id` and `attempt`); it returns false, and changes nothing, when the job no
 * longer belongs to that claim.
 */
export interface Queue {
  /** Waits for new work, but at most `milliseconds`. */
  waitForWork(milliseconds: number): Promise<void>;
  /** Calls `listener` whenever a job may have been canceled, until the returned function is called. */
  onCancel(listener: () => void): () => void;
  /** Claims the first unclaimed job, with a lease: by priority, then by age. */
  claim(): Promise<PackagingJob | null>;
  /** Renews the lease. False also when the job was canceled: stop then. */
  heartbeat(job: PackagingJob): Promise<boolean>;
  /** Stores the stage and the progress, which is from 0 to 1 and never decreases. */
  report(job: PackagingJob, at: { stage: Stage; progress: number }): Promise<boolean>;
  /** Publishes a version, a download or both in one step. */
  publish(job: PackagingJob, publication: Publication): Promise<boolean>;
  /** Stores the probe of the source, for every package that is made of it. */
  recordProbe(job: PackagingJob, probe: SourceProbe): Promise<boolean>;
  /** Stores the checksums of what this job published. */
  recordChecksums(job: PackagingJob, checksums: Checksums): Promise<boolean>;
  /** The work is done: the package becomes ready and the job is removed. */
  complete(job: PackagingJob): Promise<boolean>;
  /** The work can't be done: the package becomes failed and the job is removed. */
  fail(job: PackagingJob, failure: JobFailure): Promise<boolean>;
  /** A transient fault: the job waits at least this many seconds for another attempt. */
  postpone(job: PackagingJob, failure: JobFailure, seconds: number): Promise<boolean>;
  /** Ends a job that was canceled while this worker held it; false when it was not. */
  endCanceled(job: PackagingJob): Promise<boolean>;
  /** Returns an unfinished job, which did not fail by its own fault, for another attempt. */
  release(job: PackagingJob): Promise<boolean>;
}
