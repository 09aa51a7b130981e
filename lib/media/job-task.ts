import type { PackageStatus } from './status';

/** What a job does with its package. */
export type JobTask = (
  | {
      /** Makes the package from the video: the unpublished parts, or everything when `anew` is set. */
      kind: 'package';
      anew?: true;
    }
  | {
      /** Encrypts the package with new keys; the clear tracks stay the same. */
      kind: 'rekey';
      /** Older keys and versions end at publication, without a grace period. */
      revoke?: true;
    }
  | {
      /** Adds the audio of an uploaded file as one more audio track. */
      kind: 'add-audio';
      storageKey: string;
      language: string;
      label: string | null;
    }
  | { /** Updates its text tracks to those of the video. */ kind: 'refresh-texts' }
  | Finish
) & { before?: StandingBefore | undefined };

/**
 * The rest of any job once its last version is published: a later attempt does only this, and repeats no
 * other work.
 */
export interface Finish {
  kind: 'finish';
  /** The published version and download whose checksums are to be stored. */
  version: number | null;
  download: string | null;
  /** The storage key of an upload that is no longer needed. */
  removes: string | null;
}

/** The state of an incomplete package when a change was requested; the change restores it. */
interface StandingBefore {
  status: Extract<PackageStatus, 'failed' | 'canceled'>;
  errorCode: string | null;
  errorMessage: string | null;
}
