import type { KeyLabel, KeyMode, ProtectionSystem } from '@/lib/media/content-key';
import type { Scheme } from '@/lib/media/scheme';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { PackageStatus, Stage } from '@/lib/media/status';
import type { TextRole } from '@/lib/media/text-track';
import type { PublishedVersion } from '@/lib/media/track';
import type { Visibility } from '@/lib/media/visibility';

/** One uploaded source file with its probe. */
export interface VideoRecord {
  id: number;
  /** The client's own file name: shown and offered at download, never used as a path. */
  name: string;
  /** What it is called: at first the file name without its extension. 1 to 200 characters. */
  title: string;
  description: string;
  /** Where the store keeps the file. */
  storageKey: string;
  sizeBytes: number;
  /** Of the uploaded file, in hexadecimal; null for files that an older Cenclave stored. */
  sha256: string | null;
  durationSeconds: number;
  probe: SourceProbe;
  /** The user who uploaded it; null: it belongs to the administrators. */
  ownerId: string | null;
  visibility: Visibility;
  createdAt: Date;
}

/** What people may change of a video. */
export type VideoChanges = Partial<Pick<VideoRecord, 'title' | 'description' | 'visibility'>>;

export type NewVideo = Omit<VideoRecord, 'id' | 'createdAt' | Defaulted> &
  Partial<Pick<VideoRecord, Defaulted>>;
type Defaulted = 'description' | 'sha256' | 'ownerId' | 'visibility';

/**
 * A text track that was uploaded for a video, as WebVTT in the store; every package of the video carries it.
 */
export interface TextRecord {
  id: number;
  videoId: number;
  /** BCP-47. */
  language: string;
  label: string;
  role: TextRole;
  storageKey: string;
  createdAt: Date;
}

export type NewTextRecord = Omit<TextRecord, 'id' | 'createdAt'>;

/** A content key of a package, wrapped under the master key. */
export interface KeyRecord {
  id: number;
  packageId: number;
  /** Which tracks it is for. */
  label: KeyLabel;
  kidHex: string;
  wrappedKey: string;
  /**
   * `waiting` for a version that uses it; `used` by the served version; `older`: kept for viewers of an older
   * version; `retired`: the key is deleted, its KID is kept.
   */
  state: 'waiting' | 'used' | 'older' | 'retired';
}

export type NewKey = Pick<KeyRecord, 'label' | 'kidHex' | 'wrappedKey'>;

/** A published version of a package; never changed, only superseded. */
export interface VersionRecord extends PublishedVersion {
  id: number;
  packageId: number;
  /** SHA-256 of each of its files, in hexadecimal; null until they are known. */
  checksums: Record<string, string> | null;
  publishedAt: Date;
}

/** What is stored of a package itself. */
export interface StoredPackage {
  id: number;
  videoId: number;
  /** Random (128 bits), in the address of its manifests and tracks. */
  mediaId: string;
  scheme: Scheme;
  /** One key for all tracks, or one each for audio, SD, HD and UHD. */
  keyMode: KeyMode;
  /** Protection systems that are signalled beside Clear Key. */
  signalling: ProtectionSystem[];
  status: PackageStatus;
  stage: Stage | null;
  /** From 0 to 1; never goes back within a job. */
  progress: number;
  /** The version that is served; null until the first is published. */
  currentVersion: number | null;
  /** The folder of the download that is served; null until there is one. */
  downloadFolder: string | null;
  downloadBytes: number | null;
  downloadSha256: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  createdAt: Date;
  readyAt: Date | null;
}

export type NewPackage = Pick<StoredPackage, 'videoId' | 'mediaId' | 'scheme'> &
  Partial<Pick<StoredPackage, 'keyMode' | 'signalling'>>;

/** A package with its video and the version that it serves, if one is published. */
export interface PackageRecord {
  package: StoredPackage;
  video: VideoRecord;
  version: VersionRecord | null;
  /** In the order in which they were made. */
  keys: KeyRecord[];
  /** Its work that has not started. */
  waiting: WaitingJob | null;
  /** The text tracks that were uploaded for its video. */
  textIds: number[];
}

/** Why work on a package has not begun. */
export interface WaitingJob {
  packageId: number;
  /** The number of jobs that will be claimed before it. */
  ahead: number;
  /** The number of jobs that run now. */
  running: number;
  failures: number;
  notBefore: Date | null;
  priority: number;
}
