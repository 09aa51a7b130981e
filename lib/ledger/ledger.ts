import type { Claim } from '@/lib/jobs/queue';
import type { JobTask } from '@/lib/media/job-task';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Checksums, Publication } from '@/lib/media/track';
import type { VideoSort, VideoStatus } from '@/lib/media/video-list';
import type {
  KeyRecord,
  NewKey,
  NewPackage,
  NewTextRecord,
  NewVideo,
  PackageRecord,
  TextRecord,
  VideoChanges,
  VideoRecord,
} from './records';

export interface PageRequest {
  limit: number;
  /** The id that the last page ended with. */
  before?: number | undefined;
  /** The user who asks: only videos of this user, and those for members; without it, all. */
  visibleTo?: string | undefined;
}

/** Which videos a list has; without a field, all. */
export interface VideoFilter {
  /** The user who asks: only videos of this user, and those for members. */
  visibleTo?: string | undefined;
  /**
   * Letters and digits only. Each is a word of the title, the description or the name, in any case and
   * without its diacritics; of the last, the beginning is enough.
   */
  words?: readonly string[] | undefined;
  status?: VideoStatus | undefined;
  ownerId?: string | undefined;
  /** Uploaded at this time or later. */
  from?: Date | undefined;
  /** Uploaded before this time. */
  until?: Date | undefined;
}

/** Where a page ended: its last video, and the value by which that is sorted. */
export interface VideoPosition {
  id: number;
  /** The title, the duration or the size; of `newest` and `oldest` the id. */
  value: string | number;
}

export interface VideoPageRequest extends VideoFilter {
  limit: number;
  /** `newest` without it. */
  sort?: VideoSort | undefined;
  /** Where the last page ended. */
  after?: VideoPosition | undefined;
  /** How many to leave out before the page. */
  skip?: number | undefined;
}

/** A version that is served, and the video that it shows. */
export interface ServedVersion {
  folder: string;
  packageId: number;
  video: Pick<VideoRecord, 'id' | 'ownerId' | 'visibility'>;
}

/**
 * The ledger port: what is uploaded and published, and what state it is in. Each function is one transaction.
 * What requests work also enqueues it in the same transaction, and wakes workers. Ids grow; lists are newest
 * first unless they say otherwise. tests/contract has what every adapter does.
 */
export interface Ledger {
  addVideo(video: NewVideo): Promise<VideoRecord>;
  findVideo(id: number): Promise<VideoRecord | undefined>;
  /** The video whose storage key begins with this. */
  findVideoByKeyStem(keyStem: string): Promise<VideoRecord | undefined>;
  listVideos(page: VideoPageRequest): Promise<VideoRecord[]>;
  countVideos(filter: VideoFilter): Promise<number>;
  /** Changes what people may change of a video; undefined when there is none. */
  changeVideo(id: number, changes: VideoChanges): Promise<VideoRecord | undefined>;
  /** Removes a video with its packages, their jobs, and its text tracks; returns whose files can go. */
  removeVideo(id: number): Promise<RemovedVideo | undefined>;

  /**
   * Adds a text track to a video, and requests the next version of its packages that are published or in
   * work; undefined when there is no such video.
   */
  addText(text: NewTextRecord): Promise<TextRecord | undefined>;
  /** Removes a text track of a video, likewise; undefined when there is none. */
  removeText(videoId: number, id: number): Promise<TextRecord | undefined>;
  /** In the order in which they came. */
  listTexts(videoId: number): Promise<TextRecord[]>;

  /** Adds a package with its keys and its job; returns its id, undefined when there is no such video. */
  addPackage(row: NewPackage, keys: NewKey[], priority?: number): Promise<number | undefined>;
  findPackage(id: number): Promise<PackageRecord | undefined>;
  listPackages(page: PageRequest): Promise<PackageRecord[]>;
  /** How many packages of a user's videos wait for their first attempt. */
  countWaiting(ownerId: string): Promise<number>;
  listPackagesOf(videoIds: number[]): Promise<PackageRecord[]>;
  /** Removes a package with its job, keys and versions; returns its media id. */
  removePackage(id: number): Promise<string | undefined>;
  /** The number of the version that is served; undefined when there is none. */
  servedVersion(mediaId: string): Promise<number | undefined>;
  /** A version: the one that is served, or an older one that is kept for its viewers. */
  findVersion(mediaId: string, number: number): Promise<ServedVersion | undefined>;
  /** Requests work on a package, together with the new keys that the work is to use. */
  request(packageId: number, task: JobTask, options?: RequestOptions): Promise<Requested>;

  /*
   * The writes of a worker. Each names its claim; it returns false, and changes nothing, when the job no
   * longer belongs to that claim.
   */
  /** Publishes a version, a download or both in one step. */
  publish(claim: Claim, publication: Publication): Promise<boolean>;
  /** Stores the probe of the source, for every package that is made of it. */
  recordProbe(claim: Claim, probe: SourceProbe): Promise<boolean>;
  /** Stores the checksums of what this job published. */
  recordChecksums(claim: Claim, checksums: Checksums): Promise<boolean>;

  /** What maintenance compares with the store. */
  storeKeys(): Promise<StoreKeys>;
  /** Versions that were replaced before a given time. */
  supersededVersions(before: Date): Promise<SupersededVersion[]>;
  removeVersion(id: number): Promise<void>;
  /** Retires older keys that no remaining version uses. */
  retireKeys(): Promise<void>;
  /** Everything that is to be checked against the store. Retired keys are not in it. */
  everything(): Promise<Everything>;
  /** Packages that are queued or processing without a job. */
  stuckPackages(): Promise<number[]>;
  /** Forgets a text track whose file is gone; versions that carry it keep it. */
  forgetText(id: number): Promise<void>;
  recordVideoChecksum(id: number, sha256: string): Promise<void>;
  /** What the database itself finds wrong with its files, as sentences. */
  integrityProblems(): Promise<string[]>;
}

interface RequestOptions {
  newKeys?: NewKey[];
  /** Requests nothing while other work waits or runs. */
  ifIdle?: boolean;
}

export type Requested = 'requested' | 'busy' | 'not-found';

/** What the store may still hold of a removed video. */
export interface RemovedVideo {
  storageKey: string;
  textKeys: string[];
  mediaIds: string[];
}

/** Every place in the store that the ledger refers to. */
export interface StoreKeys {
  /** Keys of single files. */
  files: string[];
  /** Ids of videos, which may have a poster. */
  videoIds: number[];
  /** With the folders of their versions and downloads. */
  packages: { mediaId: string; folders: string[] }[];
  /** The attempts that are being made: what they have stored may not have its row yet. */
  attempts: { id: number; attempt: number }[];
}

export interface SupersededVersion {
  id: number;
  mediaId: string;
  folder: string;
  /** The folder of the package's download. */
  downloadFolder: string | null;
}

export interface Everything {
  videos: VideoRecord[];
  texts: TextRecord[];
  packages: CheckedPackage[];
  keys: KeyRecord[];
}

/** A package with the version that it serves, and its video. */
export type CheckedPackage = Pick<PackageRecord, 'package' | 'version' | 'video'>;
