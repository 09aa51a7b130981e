import type { DashTrack } from '@/lib/manifest/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import type { TrackEnds } from './track-ends';

/** A track, and the key that it must be encrypted with. */
export interface EncryptedTrack {
  file: string;
  kind: DashTrack['kind'];
  key: PackageKey;
}

/** A track whose ends are known. */
export interface OpenTrack extends EncryptedTrack {
  ends: TrackEnds;
}

/** Where tracks are while they are checked. */
export interface TrackFolders {
  /** The folder of the version that is about to be published. */
  versionFolder: string;
  /** The folder of the clear tracks, of the same names. */
  clearFolder: string;
  /** An own folder for what the check writes; removed after. */
  scratchFolder: string;
  signal: AbortSignal;
}
