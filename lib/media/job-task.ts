import type { PackageStatus } from './status';

/** What a job does with its package. */
export type JobTask = (
  | {
      /** Makes it from the video: what of it is not published yet, or all of it anew. */ kind: 'package';
      anew?: true;
    }
  | {
      /** Gives it new keys; the tracks stay as they are. */
      kind: 'rekey';
      /** Older keys and versions end with the publication, not with their time of grace. */
      revoke?: true;
    }
  | {
      /** Adds the sound of an uploaded file as one more audio track. */
      kind: 'add-audio';
      storageKey: string;
      language: string;
      label: string | null;
    }
  | { /** Brings its text tracks up to those of the video. */ kind: 'refresh-texts' }
  | Finish
) & { before?: StandingBefore | undefined };

/**
 * What is left of any job once its last version is published: an attempt that follows does this only, and no work again.
 */
export interface Finish {
  kind: 'finish';
  /** What was published, whose checksums are to be kept. */
  version: number | null;
  download: string | null;
  /** An upload that is of no use any more. */
  removes: string | null;
}

/** How a package stood that is not whole when a change of it was asked for: it stands so again after the change. */
interface StandingBefore {
  status: Extract<PackageStatus, 'failed' | 'canceled'>;
  errorCode: string | null;
  errorMessage: string | null;
}
