import type { DashTrack } from '@/lib/formats/dash/read-dash';
import type { PackageKey } from '@/lib/media/content-key';
import type { ToolRunner } from '@/lib/processes/tool-runner';
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

/** The folders of tracks while they are checked. */
export interface TrackFolders {
  tools: ToolRunner;
  /** The folder of the version to be published. */
  versionFolder: string;
  /** The folder of the clear tracks, with the same names. */
  clearFolder: string;
  /** A folder for files that the check writes; removed afterwards. */
  scratchFolder: string;
  signal: AbortSignal;
}
