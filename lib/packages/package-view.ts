import type { PackageRecord } from '@/db/queries/packages';
import type { KeyMode } from '@/lib/media/content-key';
import { versionFiles, versionFolder } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';
import type { PackageStatus, Stage } from '@/lib/media/status';
import type { Track } from '@/lib/media/track';
import { areTextsBehind } from './texts-behind';
import { type WaitingView, waitingView } from './waiting-view';

/** A package as the resource API returns it. It never holds a key. */
export interface PackageView {
  id: number;
  videoId: number;
  videoName: string;
  mediaId: string;
  scheme: Scheme;
  /** One key for all tracks, or one each for audio, SD, HD and UHD. */
  keyMode: KeyMode;
  /** Identifiers of the keys that the served version uses, 32 hexadecimal digits each. */
  kids: string[];
  status: PackageStatus;
  /** The current stage; null before the work starts and after it ends. */
  stage: Stage | null;
  /** From 0 to 1. */
  progress: number;
  /** While it is queued: the reason, and its place. */
  waiting: WaitingView | null;
  /** True from the first published version on, even if later work fails. */
  playable: boolean;
  version: number | null;
  durationSeconds: number;
  /** Bytes of the published version and the download on disk; null before. */
  sizeBytes: number | null;
  tracks: Track[];
  /** True while the text tracks of the served version differ from those of the video. */
  textsBehind: boolean;
  /** The parts of the source that are not in it, a sentence each. */
  notCarried: string[];
  error: { code: string; message: string } | null;
  /** ISO 8601. */
  createdAt: string;
  readyAt: string | null;
  /** Paths on this server; null where there is nothing yet. */
  links: {
    self: string;
    play: string;
    license: string;
    keys: string;
    /** Where to request new keys, and to add an audio track. */
    rekey: string;
    audio: string;
    manifest: string | null;
    hls: string | null;
    download: string | null;
  };
}

type Row = Omit<PackageRecord, 'video'> & {
  video: { name: string; durationSeconds: number };
};

export function packageView(record: Row): PackageView {
  const { package: row, version, video, keys, waiting } = record;
  return {
    id: row.id,
    videoId: row.videoId,
    videoName: video.name,
    mediaId: row.mediaId,
    scheme: row.scheme,
    keyMode: row.keyMode,
    kids: keys.filter((key) => key.state === 'used').map((key) => key.kidHex),
    status: row.status,
    stage: row.stage,
    progress: row.progress,
    waiting: row.status === 'queued' && waiting ? waitingView(waiting) : null,
    playable: version !== null,
    version: row.currentVersion,
    durationSeconds: version?.durationSeconds ?? video.durationSeconds,
    sizeBytes: version && version.sizeBytes + (row.downloadBytes ?? 0),
    tracks: version?.tracks ?? [],
    textsBehind: areTextsBehind(record),
    notCarried: version?.notCarried ?? [],
    error: row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? '' },
    createdAt: row.createdAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
    links: packageLinks(row, version?.number ?? null),
  };
}

function packageLinks(
  { id, mediaId, downloadFolder }: PackageRecord['package'],
  version: number | null,
): PackageView['links'] {
  const media = version === null ? null : `/media/${mediaId}/${versionFolder(version)}`;
  return {
    self: `/api/packages/${id}`,
    play: `/play/${id}`,
    license: `/api/packages/${id}/license`,
    keys: `/api/packages/${id}/keys`,
    rekey: `/api/packages/${id}/rekey`,
    audio: `/api/packages/${id}/audio`,
    manifest: media && `${media}/${versionFiles.dash}`,
    hls: media && `${media}/${versionFiles.hls}`,
    download: downloadFolder && `/download/${id}`,
  };
}
