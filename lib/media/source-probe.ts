/** What was found in an uploaded file. Times in seconds, rates in bits per second, sizes in bytes. */
export interface SourceProbe {
  /** FFmpeg's name for the container, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: string;
  durationSeconds: number;
  /** Whether the file is shorter than its structure says; absent in probes from before it was asked for. */
  isCutOff?: boolean;
  /** The time stamp at which the file begins; FFmpeg counts from there. */
  startSeconds: number;
  sizeBytes: number;
  bitrateBps: number;
  /** A package has one of them: see mainVideo. */
  videos: VideoStream[];
  audios: AudioStream[];
  texts: TextStream[];
  /** Cover art of a file without video; absent in probes from before it was asked for. */
  cover?: VideoStream | null;
  /** What of the file no package carries; the same. */
  leftOut?: LeftOut[];
}

/** Streams that are left out of packages; subtitles are planned elsewhere. */
export interface LeftOut {
  kind: 'video' | 'audio' | 'cover' | 'data' | 'attachment' | 'program';
  /**
   * Its codec cannot be decoded, nothing of it could be read, it is one more than a package has, or it is of a kind that
   * packages do not have.
   */
  why: 'no-decoder' | 'unreadable' | 'one-more' | 'kind';
  /** The name of its codec for a person; of a program, what it holds. */
  codec: string;
  /** BCP-47; `und` when unknown. */
  language: string;
  title: string | null;
}

interface Stream {
  /** The stream's index in the file, as FFmpeg's `-map 0:<index>` takes it. */
  index: number;
  codec: string;
  /** The name of its codec for a person; absent in probes from before it was asked for. */
  codecLabel?: string;
  profile: string;
  /** BCP-47; `und` when unknown. */
  language: string;
  title: string | null;
  /** The time stamp of its first packet; null when the container does not tell. */
  startSeconds: number | null;
  isDefault: boolean;
  /** Whether nothing of it can be decoded, though it is declared: found by the upload's survey, or while packaging. */
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
  /** Clockwise degrees by which a player must turn the picture: 0, 90, 180 or 270. */
  rotationDegrees: number;
  /** Whether its display matrix mirrors it as well, or does more than turn it; not known of older probes. */
  isMirrored?: boolean;
  isInterlaced: boolean;
  /** Width of a pixel over its height; 1 when square. */
  pixelAspect: number;
  colorTransfer: string | null;
  /** Null when unspecified; absent in probes from before it was asked for. */
  colorMatrix?: string | null;
  /** The same. */
  colorPrimaries?: string | null;
  /** Its Dolby Vision profile, where its base layer cannot be shown right without Dolby Vision; null otherwise. */
  dolbyVisionOnly?: number | null;
  /** Whether its container tells when frames are decoded, and not when they are shown; not known of older probes. */
  isUntimed?: boolean;
}

export interface AudioStream extends Stream {
  /** What the container says that the track is for; null when it says nothing. */
  role: 'commentary' | 'dub' | 'description' | null;
  channels: number;
  sampleRateHz: number;
  bitrateBps: number | null;
}

export interface TextStream extends Stream {
  /** What the container says that the track is for; null when it says nothing. */
  role: 'caption' | 'forced-subtitle' | null;
}

/** The same probe, with these streams, by their index, marked as empty. */
export function withEmptyStreams(probe: SourceProbe, indexes: readonly number[]): SourceProbe {
  const mark = <Kind extends Stream>(stream: Kind): Kind =>
    indexes.includes(stream.index) ? { ...stream, isEmpty: true } : stream;
  return { ...probe, videos: probe.videos.map(mark), audios: probe.audios.map(mark) };
}

/** Beyond standard definition (ITU-R BT.601: 720x576, and wider for square pixels), video is BT.709. */
const sdMost = { width: 1024, height: 576 };

/** Whether a stream does not say how its colours are coded, and is of a size for which that is ITU-R BT.601. */
export const isUntaggedSd = ({ colorMatrix, width, height }: VideoStream): boolean =>
  colorMatrix === null && width <= sdMost.width && height <= sdMost.height;
