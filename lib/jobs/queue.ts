import type { KeyLabel, KeyMode, ProtectionSystem } from '@/lib/media/content-key';
import type { JobTask } from '@/lib/media/job-task';
import type { Scheme } from '@/lib/media/scheme';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Stage } from '@/lib/media/status';
import type { TextRole } from '@/lib/media/text-track';
import type { Checksums, Publication, PublishedVersion } from '@/lib/media/track';

/** All that a worker needs to package a video: it asks neither the database nor the web server for more. */
export interface PackagingJob {
  id: number;
  /** Which try this is, from 1; also the fencing token of the claim. */
  attempt: number;
  /** Earlier attempts that failed by a fault that may pass, or whose worker died. */
  failures: number;
  packageId: number;
  mediaId: string;
  task: JobTask;
  scheme: Scheme;
  keyMode: KeyMode;
  signalling: ProtectionSystem[];
  /** The version that is served now; null when none is. */
  current: PublishedVersion | null;
  /** Whether the package has a download; it may be of older keys. */
  hasDownload: boolean;
  /** The folder of the download that is served now; null when none is. */
  servedDownload: string | null;
  /** The number that the next version gets. */
  versionNumber: number;
  source: { storageKey: string; name: string; probe: SourceProbe };
  /** Text tracks that were uploaded for the video. */
  texts: { id: number; language: string; label: string; role: TextRole; storageKey: string }[];
  /** The keys that new versions are encrypted with, and those of the version that is served now. */
  keys: WrappedKey[];
  currentKeys: WrappedKey[];
}

/** A content key as it rests, wrapped under the master key. */
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
 * The queue port: how workers get work and tell of it. SQLite now; another queue can stand behind it. Each write names
 * the claim (`id` and `attempt`); it answers false, and changes nothing, when that claim is no longer the job's.
 */
export interface Queue {
  /** Takes the first job that nobody works on, with a lease: by priority, then by age. */
  claim(): Promise<PackagingJob | null>;
  /** Prolongs the lease. False also when the job was canceled: stop then. */
  heartbeat(job: PackagingJob): Promise<boolean>;
  /** Tells how far the work is; `progress` is from 0 to 1 and only ever raises what is stored. */
  report(job: PackagingJob, at: { stage: Stage; progress: number }): Promise<boolean>;
  /** Makes a version, a download or both the ones that are served, in one step. */
  publish(job: PackagingJob, publication: Publication): Promise<boolean>;
  /** Keeps what is known of the source's streams, for every package that is made of it. */
  recordProbe(job: PackagingJob, probe: SourceProbe): Promise<boolean>;
  /** Keeps the checksums of what this job published. */
  recordChecksums(job: PackagingJob, checksums: Checksums): Promise<boolean>;
  /** The work is done: the package is ready and the job gone. */
  complete(job: PackagingJob): Promise<boolean>;
  /** The work can't be done: the package failed and the job is gone. */
  fail(job: PackagingJob, failure: JobFailure): Promise<boolean>;
  /** A fault that may pass: the job waits for another attempt, so many seconds at least. */
  postpone(job: PackagingJob, failure: JobFailure, seconds: number): Promise<boolean>;
  /** Ends a job that was canceled while this worker was at it; false when it was not. */
  endCanceled(job: PackagingJob): Promise<boolean>;
  /** Gives an unfinished job back that failed by no fault of its own, for another try. */
  release(job: PackagingJob): Promise<boolean>;
}
