/** The description of an uploaded file. Times in seconds, rates in bits per second, sizes in bytes. */
export interface SourceProbe {
  /** FFmpeg's name for the container, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: string;
  durationSeconds: number;
  /** Whether the file is shorter than its structure says; absent in older probes. */
  isCutOff?: boolean;
  /** The time stamp at which the file begins; FFmpeg counts from there. */
  startSeconds: number;
  /**
   * A step of the timestamps by more than this begins a new time base (ISO/IEC 13818-1, 2.4.3.5), as where
   * files were concatenated; null where there is none, absent where that was not looked for.
   */
  discontinuitySeconds?: number | null;
  sizeBytes: number;
  bitrateBps: number;
  /** A package uses one of them: see mainVideo. */
  videos: VideoStream[];
  audios: AudioStream[];
  texts: TextStream[];
  /** Cover art of a file without video; absent in older probes. */
  cover?: VideoStream | null;
  /** The streams that no package carries; absent in older probes. */
  leftOut?: LeftOut[];
}

/** Streams that are left out of packages; subtitles are planned elsewhere. */
export interface LeftOut {
  kind: 'video' | 'audio' | 'cover' | 'data' | 'chapters' | 'attachment' | 'program';
  /**
   * Why it is left out: its codec cannot be decoded, it could not be read, a package has only one of its
   * kind, or packages have none of its kind.
   */
  why: 'no-decoder' | 'unreadable' | 'one-more' | 'kind';
  /** The codec's display name; for a program, its contents. */
  codec: string;
  /** BCP-47; `und` when unknown. */
  language: string;
  title: string | null;
}

interface Stream {
  /** The stream's index in the file, as FFmpeg's `-map 0:<index>` takes it. */
  index: number;
  codec: string;
  /** The codec's display name; absent in older probes. */
  codecLabel?: string;
  profile: string;
  /** BCP-47; `und` when unknown. */
  language: string;
  title: string | null;
  /** The time stamp of its first packet; null when the container has none. */
  startSeconds: number | null;
  isDefault: boolean;
  /**
   * Whether nothing of it can be decoded, although it is declared: found by the survey after upload, or while
   * packaging.
   */
  isEmpty?: boolean;
}

export interface VideoStream extends Stream {
  /** Coded size, before rotation and pixel aspect. */
  width: number;
  height: number;
  pixelFormat: string;
  bitsPerSample: number;
  framesPerSecond: number;
  bitrateBps: number | null;
  /** Clockwise degrees by which a player must turn the frames: 0, 90, 180 or 270. */
  rotationDegrees: number;
  /** Whether its display matrix mirrors it, or does more than rotate it; absent in older probes. */
  isMirrored?: boolean;
  isInterlaced: boolean;
  /** Width of a pixel over its height; 1 when square. */
  pixelAspect: number;
  colorTransfer: string | null;
  /** Null when unspecified; absent in older probes. */
  colorMatrix?: string | null;
  /** Null when unspecified; absent in older probes. */
  colorPrimaries?: string | null;
  /** Its Dolby Vision profile, where its base layer has wrong colors without Dolby Vision; null otherwise. */
  dolbyVisionOnly?: number | null;
  /** Whether its container has decode times but no display times; absent in older probes. */
  isUntimed?: boolean;
}

export interface AudioStream extends Stream {
  /** The purpose that the container names; null when it names none. */
  role: 'commentary' | 'dub' | 'description' | null;
  channels: number;
  sampleRateHz: number;
  bitrateBps: number | null;
}

export interface TextStream extends Stream {
  /** The purpose that the container names; null when it names none. */
  role: 'caption' | 'forced-subtitle' | null;
}

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
