import { z } from 'zod';
import { permissions } from '@/lib/accounts/permission';
import type { VideoRecord } from '@/lib/ledger/records';
import { visibilities } from '@/lib/media/visibility';
import { type PackageView, packageViewSchema } from '@/lib/packages/package-view';
import { notCarried } from '@/lib/packaging/plan/not-carried';
import { shownSize } from '@/lib/packaging/plan/plan-ladder';
import { mainVideo, posterStreams } from '@/lib/packaging/plan/plan-package';

/** A video as the resource API returns it, with its packages, newest first. */
export const videoViewSchema = z
  .object({
    id: z.number(),
    name: z.string().describe("The client's own file name."),
    title: z.string().describe('At first the file name without its extension.'),
    description: z.string(),
    owner: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .describe(
        'The user who uploaded it; null: it belongs to the administrators, or nobody has an account.',
      ),
    sizeBytes: z.number(),
    sha256: z.string().nullable().describe('Of the uploaded file, in hexadecimal; null when unknown.'),
    durationSeconds: z.number(),
    picture: z
      .object({ width: z.number(), height: z.number(), codec: z.string(), framesPerSecond: z.number() })
      .nullable()
      .describe('The main video stream: its displayed size, rotated upright; null for audio only.'),
    hasPoster: z.boolean().describe('Whether there is a poster: a frame of its video, or its cover art.'),
    audioCodecs: z.array(z.string()).describe('The codec of each audio stream.'),
    notCarried: z
      .array(z.string())
      .describe('The streams that no package carries; text streams are listed with the text tracks.'),
    visibility: z
      .enum(visibilities)
      .describe('Who may watch it beside its owner and administrators: nobody, or everybody who signs in.'),
    allowed: z.array(z.enum(permissions)).describe('What whoever asks may do with it.'),
    createdAt: z.string().describe('ISO 8601.'),
    packages: z.array(packageViewSchema),
    links: z.object({
      self: z.string(),
      page: z.string(),
      poster: z.string(),
      packages: z.string(),
      texts: z.string(),
    }),
  })
  .meta({ id: 'Video' });
export type VideoView = z.output<typeof videoViewSchema>;

export function videoView(
  row: VideoRecord,
  packages: PackageView[],
  { owner, allowed }: Pick<VideoView, 'owner' | 'allowed'>,
): VideoView {
  const stream = mainVideo(row.probe);
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    description: row.description,
    owner,
    allowed,
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
    visibility: row.visibility,
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
