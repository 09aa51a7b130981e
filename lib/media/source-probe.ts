import { z } from 'zod';

/** Streams that are left out of packages; subtitles are planned elsewhere. */
const leftOutSchema = z.object({
  kind: z.enum(['video', 'audio', 'cover', 'data', 'chapters', 'attachment', 'program']),
  /**
   * Why it is left out: its codec cannot be decoded, it could not be read, a package has only one of its
   * kind, or packages have none of its kind.
   */
  why: z.enum(['no-decoder', 'unreadable', 'one-more', 'kind']),
  /** The codec's display name; for a program, its contents. */
  codec: z.string(),
  /** BCP-47; `und` when unknown. */
  language: z.string(),
  title: z.string().nullable(),
});
export type LeftOut = z.output<typeof leftOutSchema>;

const stream = {
  /** The stream's index in the file, as FFmpeg's `-map 0:<index>` takes it. */
  index: z.number(),
  codec: z.string(),
  /** The codec's display name; absent in older probes. */
  codecLabel: z.string().optional(),
  profile: z.string(),
  /** BCP-47; `und` when unknown. */
  language: z.string(),
  title: z.string().nullable(),
  /** The time stamp of its first packet; null when the container has none, or the probe is an older one. */
  startSeconds: z.number().nullable().default(null),
  isDefault: z.boolean(),
  /**
   * Whether nothing of it can be decoded, although it is declared: found by the survey after upload, or while
   * packaging.
   */
  isEmpty: z.boolean().optional(),
};

const videoStreamSchema = z.object({
  ...stream,
  /** Coded size, before rotation and pixel aspect. */
  width: z.number(),
  height: z.number(),
  pixelFormat: z.string(),
  bitsPerSample: z.number(),
  framesPerSecond: z.number(),
  bitrateBps: z.number().nullable(),
  /** Clockwise degrees by which a player must turn the frames: 0, 90, 180 or 270. */
  rotationDegrees: z.number(),
  /** Whether its display matrix mirrors it, or does more than rotate it; absent in older probes. */
  isMirrored: z.boolean().optional(),
  isInterlaced: z.boolean(),
  /** Width of a pixel over its height; 1 when square. */
  pixelAspect: z.number(),
  colorTransfer: z.string().nullable(),
  /** Null when unspecified; absent in older probes. */
  colorMatrix: z.string().nullable().optional(),
  /** Null when unspecified; absent in older probes. */
  colorPrimaries: z.string().nullable().optional(),
  /** Its Dolby Vision profile, where its base layer has wrong colors without Dolby Vision; null otherwise. */
  dolbyVisionOnly: z.number().nullable().optional(),
  /** Whether its container has decode times but no display times; absent in older probes. */
  isUntimed: z.boolean().optional(),
});
export type VideoStream = z.output<typeof videoStreamSchema>;

const audioStreamSchema = z.object({
  ...stream,
  /** The purpose that the container names; null when it names none. */
  role: z.enum(['commentary', 'dub', 'description']).nullable().default(null),
  channels: z.number(),
  sampleRateHz: z.number(),
  bitrateBps: z.number().nullable(),
});
export type AudioStream = z.output<typeof audioStreamSchema>;

const textStreamSchema = z.object({
  ...stream,
  /** The purpose that the container names; null when it names none. */
  role: z.enum(['caption', 'forced-subtitle']).nullable().default(null),
});
export type TextStream = z.output<typeof textStreamSchema>;

/**
 * The description of an uploaded file, as the database keeps it: probes by older Cenclave versions lack some
 * fields. Times in seconds, rates in bits per second, sizes in bytes.
 */
export const sourceProbeSchema = z.object({
  /** FFmpeg's name for the container, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: z.string(),
  durationSeconds: z.number(),
  /** Whether the file is shorter than its structure says; absent in older probes. */
  isCutOff: z.boolean().optional(),
  /** The time stamp at which the file begins; FFmpeg counts from there. */
  startSeconds: z.number().default(0),
  /**
   * A step of the timestamps by more than this begins a new time base (ISO/IEC 13818-1, 2.4.3.5), as where
   * files were concatenated; null where there is none, absent where that was not looked for.
   */
  discontinuitySeconds: z.number().nullable().optional(),
  sizeBytes: z.number(),
  bitrateBps: z.number(),
  /** A package uses one of them: see mainVideo. */
  videos: z.array(videoStreamSchema),
  audios: z.array(audioStreamSchema),
  texts: z.array(textStreamSchema),
  /** Cover art of a file without video; absent in older probes. */
  cover: videoStreamSchema.nullable().optional(),
  /** The streams that no package carries; absent in older probes. */
  leftOut: z.array(leftOutSchema).optional(),
});
export type SourceProbe = z.output<typeof sourceProbeSchema>;

type Stream = VideoStream | AudioStream | TextStream;

/** A copy of a probe in which the streams with these indexes are marked as empty. */
export function withEmptyStreams(probe: SourceProbe, indexes: readonly number[]): SourceProbe {
  const mark = <Kind extends Stream>(stream: Kind): Kind =>
    indexes.includes(stream.index) ? { ...stream, isEmpty: true } : stream;
  return { ...probe, videos: probe.videos.map(mark), audios: probe.audios.map(mark) };
}

/**
 * The largest standard definition (ITU-R BT.601: 720x576, and wider for square pixels); larger video is
 * BT.709.
 */
const sdMost = { width: 1024, height: 576 };

/** Whether a stream has no color matrix, and has a size for which ITU-R BT.601 applies. */
export const isUntaggedSd = ({ colorMatrix, width, height }: VideoStream): boolean =>
  colorMatrix === null && width <= sdMost.width && height <= sdMost.height;
