/**
 * The actual content of a source, by every packet of the streams that a package is made of. Times are in
 * seconds from FFmpeg's zero, which is that of every track made of the source.
 */
export interface SourceSurvey {
  /** Null where no video was surveyed. */
  video: VideoSurvey | null;
  /** By the stream's index in the file. */
  audios: Map<number, AudioSurvey>;
  /** The end of the longest stream; 0 when no packet has a time. */
  endSeconds: number;
}

/** The knowledge of a source beyond its probe. */
export interface SourceFacts {
  /** Null until the source has been surveyed. */
  survey: SourceSurvey | null;
  /** The indexes of streams whose copy turned out to be unusable. */
  refused: ReadonlySet<number>;
}

export const noFacts: SourceFacts = { survey: null, refused: new Set() };

export interface VideoSurvey {
  /** The display time of each displayed frame, ascending; packets that are never displayed are left out. */
  framesSeconds: number[];
  /** The display times of the frames that the container marks as random access points. */
  keyframesSeconds: number[];
  /** The end of the last frame, which lasts as long as the source holds it. */
  endSeconds: number;
  /** Packets that an edit list hides, although others need them. */
  hiddenPackets: number;
  /**
   * Whether some hidden packets come after the first displayed frame: the edit list has more than one edit,
   * or an end.
   */
  hidesLater: boolean;
  /** Packets that are truncated or marked as damaged. */
  damagedPackets: number;
  /** Packets without a display time in the container. */
  untimedPackets: number;
  /** Whether the container changes the decoder configuration on the way. */
  changesParameters: boolean;
  /** Whether two frames are displayed at the same time, as when an edit list repeats a part. */
  hasRepeatedTimes: boolean;
  /** Whether the frame that is displayed last is decoded last. */
  endsInOrder: boolean;
  /**
   * The longest time without a frame when each lasts until the next one is decoded, as in fragments of MP4: a
   * frame is held for long, while later frames in decoding order are displayed before it.
   */
  longestGapSeconds: number;
}

export interface AudioSurvey {
  packets: number;
  startSeconds: number;
  endSeconds: number;
  /** The time that an edit list hides at the start: an encoder's priming, or a part that was cut away. */
  hiddenSeconds: number;
  damagedPackets: number;
  /** The longest gap between the end of a packet and the start of the next, or the longest overlap. */
  longestGapSeconds: number;
  /** Whether the edit list hides packets between others that are played: it has more than one edit. */
  hasCuts: boolean;
  /** Packets that start long before the one before them ends, as where timestamps step back. */
  overlappingPackets: number;
  /** Whether the decoder gets another configuration on the way: other channels, or another sample rate. */
  changesParameters: boolean;
}

/** The average number of frames displayed per second; null with fewer than two frames, or untimed ones. */
export function averageFrameRate({ framesSeconds, untimedPackets }: VideoSurvey): number | null {
  if (untimedPackets > 0) return null;
  const [first = 0, last = 0] = [framesSeconds[0], framesSeconds.at(-1)];
  return framesSeconds.length > 1 && last > first ? (framesSeconds.length - 1) / (last - first) : null;
}

/**
 * A frame longer than the usual by more than this is held: it is more than the jitter of a recorder's clock.
 */
const heldSeconds = 0.15;

/**
 * Whether a frame is displayed for much longer than the others, as in a slide show, or where recording
 * paused.
 */
export function holdsFrames({ framesSeconds, endSeconds }: VideoSurvey): boolean {
  const times = [...framesSeconds, endSeconds];
  const lasts = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const usual = lasts.toSorted((a, b) => a - b)[Math.floor(lasts.length / 2)] ?? 0;
  return lasts.some((seconds) => seconds - usual > heldSeconds);
}
