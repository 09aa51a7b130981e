import type { VideoRow } from '@/db/queries/videos';
import type { PackageView } from '@/lib/packages/package-view';
import { notCarried } from '@/lib/packaging/not-carried';
import { shownSize } from '@/lib/packaging/plan-ladder';
import { mainVideo, posterStreams } from '@/lib/packaging/plan-package';

/** A video as the resource API returns it, with its packages, newest first. */
export interface VideoView {
  id: number;
  /** The client's own file name. */
  name: string;
  sizeBytes: number;
  /** SHA-256 of the uploaded file, in hexadecimal; null when it is not known. */
  sha256: string | null;
  durationSeconds: number;
  /** The main video stream: its displayed size, rotated upright; null for audio only. */
  picture: { width: number; height: number; codec: string; framesPerSecond: number } | null;
  /** Whether there is a poster: a frame of its video, or its cover art. */
  hasPoster: boolean;
  /** The codec of each audio stream. */
  audioCodecs: string[];
  /** The streams that no package carries, a sentence each; text streams are listed with the text tracks. */
  notCarried: string[];
  /** ISO 8601. */
  createdAt: string;
  packages: PackageView[];
  links: { self: string; page: string; poster: string; packages: string; texts: string };
}

export function videoView(row: VideoRow, packages: PackageView[]): VideoView {
  const stream = mainVideo(row.probe);
  return {
    id: row.id,
    name: row.name,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    durationSeconds: row.durationSeconds,
    picture: stream
      ? {
          ...shownSize(stream),
          codec: stream.codec,
          framesPerSecond: stream.framesPerSecond,
        }
      : null,
    hasPoster: posterStreams(row.probe).length > 0,
    audioCodecs: row.probe.audios.map((audio) => audio.codec),
    notCarried: notCarried(row.probe),
    createdAt: row.createdAt.toISOString(),
    packages,
    links: {
      self: `/api/videos/${row.id}`,
      page: `/videos/${row.id}`,
      poster: `/api/videos/${row.id}/poster`,
      packages: `/api/videos/${row.id}/packages`,
      texts: `/api/videos/${row.id}/texts`,
    },
  };
}
