import { z } from 'zod';
import type { PackageRecord } from '@/lib/ledger/records';
import { keyModes } from '@/lib/media/content-key';
import { versionFiles, versionFolder } from '@/lib/media/file-names';
import { schemes } from '@/lib/media/scheme';
import { packageStatuses, stages } from '@/lib/media/status';
import { trackSchema } from '@/lib/media/track';
import { areTextsBehind } from './texts-behind';
import { waitingView, waitingViewSchema } from './waiting-view';

const path = z.string().nullable().describe('A path on this server; null where there is nothing yet.');

/** A package as the resource API returns it. It never holds a key. */
export const packageViewSchema = z
  .object({
    id: z.number(),
    videoId: z.number(),
    videoName: z.string().describe('The file name of the video.'),
    videoTitle: z.string(),
    mediaId: z.string(),
    scheme: z.enum(schemes),
    keyMode: z.enum(keyModes).describe('One key for all tracks, or one each for audio, SD, HD and UHD.'),
    kids: z.array(z.string()).describe('KIDs that the served version uses, 32 hexadecimal digits each.'),
    status: z.enum(packageStatuses),
    stage: z.enum(stages).nullable().describe('Null before the work starts and after it ends.'),
    progress: z.number().min(0).max(1),
    waiting: waitingViewSchema.nullable().describe('While it is queued: the reason, and its place.'),
    playable: z.boolean().describe('True from the first published version on, even if later work fails.'),
    version: z.number().nullable(),
    durationSeconds: z.number(),
    sizeBytes: z.number().nullable().describe('The published version and the download; null before.'),
    tracks: z.array(trackSchema),
    textsBehind: z.boolean().describe('Whether its text tracks differ from those of the video.'),
    notCarried: z.array(z.string()).describe('The parts of the source that are not in it.'),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    createdAt: z.string().describe('ISO 8601.'),
    readyAt: z.string().nullable(),
    links: z.object({
      self: z.string(),
      play: z.string(),
      license: z.string(),
      keys: z.string(),
      rekey: z.string().describe('Where to request new keys.'),
      audio: z.string().describe('Where to add an audio track.'),
      manifest: path,
      hls: path,
      download: path,
    }),
  })
  .meta({ id: 'Package' });
export type PackageView = z.output<typeof packageViewSchema>;

type Row = Omit<PackageRecord, 'video'> & {
  video: { name: string; title: string; durationSeconds: number };
};

export function packageView(record: Row): PackageView {
  const { package: row, version, video, keys, waiting } = record;
  return {
    id: row.id,
    videoId: row.videoId,
    videoName: video.name,
    videoTitle: video.title,
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
