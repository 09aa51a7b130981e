import type { KeyLabel, KeyMode, ProtectionSystem } from '@/lib/media/content-key';
import type { JobTask } from '@/lib/media/job-task';
import type { Scheme } from '@/lib/media/scheme';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Stage } from '@/lib/media/status';
import type { TextRole } from '@/lib/media/text-track';
import type { PublishedVersion } from '@/lib/media/track';

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

/** Who may write: the job, and the attempt that claimed it, which is the fencing token. */
export type Claim = Pick<PackagingJob, 'id' | 'attempt' | 'packageId'>;

/**
 * The queue port: how workers get jobs and report on them, and how requests reach jobs. The ledger enqueues,
 * in its own transactions. Each write of a worker names its claim; it returns false, and changes nothing,
 * when the job no longer belongs to that claim. tests/contract has what every adapter does.
 */
export interface JobQueue {
  /** Waits for new work, but at most `milliseconds`. */
  waitForWork(milliseconds: number): Promise<void>;
  /** Calls `listener` whenever a job may have been canceled, until the returned function is called. */
  onCancel(listener: () => void): () => void;
  /**
   * Claims the first unclaimed job, with a lease: by priority, then by age.
   * @param holder the name of the process that claims it
   */
  claim(holder: string): Promise<PackagingJob | null>;
  /** Renews the lease. False also when the job was canceled: stop then. */
  heartbeat(claim: Claim): Promise<boolean>;
  /** Stores the stage and the progress, which is from 0 to 1 and never decreases. */
  report(claim: Claim, at: { stage: Stage; progress: number }): Promise<boolean>;
  /** The work is done: the package becomes ready and the job is removed. */
  complete(claim: Claim): Promise<boolean>;
  /** The work can't be done: the package becomes failed and the job is removed. */
  fail(claim: Claim, failure: JobFailure): Promise<boolean>;
  /** A transient fault: the job waits at least this many seconds for another attempt. */
  postpone(claim: Claim, failure: JobFailure, seconds: number): Promise<boolean>;
  /** Ends a job that was canceled while this worker held it; false when it was not. */
  endCanceled(claim: Claim): Promise<boolean>;
  /** Returns an unfinished job, which did not fail by its own fault, for another attempt. */
  release(claim: Claim): Promise<boolean>;

  /** Frees the jobs that dead processes hold: all but those of the living ones, by their names. */
  releaseDead(living: readonly string[]): Promise<void>;
  /**
   * Cancels all work on a package: waiting jobs end at once, running ones are marked, and their worker ends
   * them. False when there was none.
   */
  cancel(packageId: number): Promise<boolean>;
  /** Sets the priority of the work on a package; false when there is none. */
  prioritize(packageId: number, priority: number): Promise<boolean>;
  /** The tasks of a package that wait or run, in the order in which they were requested. */
  tasksOf(packageId: number): Promise<JobTask[]>;
}
