/**
 * What a source really holds, by every packet of the streams that a package is made of. Times are in seconds from
 * FFmpeg's zero, which is that of every track made of the source.
 */
export interface SourceSurvey {
  /** Null where no video was surveyed. */
  video: VideoSurvey | null;
  /** By the stream's index in the file. */
  audios: Map<number, AudioSurvey>;
  /** The end of the longest stream; 0 when no packet has a time. */
  endSeconds: number;
}

/** What is known of a source beyond its probe. */
export interface SourceFacts {
  /** Null until the source was surveyed. */
  survey: SourceSurvey | null;
  /** Streams, by their index, of which a copy turned out to be of no use. */
  refused: ReadonlySet<number>;
}

export const nothingKnown: SourceFacts = { survey: null, refused: new Set() };

export interface VideoSurvey {
  /** When each frame to be displayed is displayed, ascending; packets that are never displayed are not among them. */
  framesSeconds: number[];
  /** The frames among them that the container marks as points of random access. */
  keyframesSeconds: number[];
  /** The end of the last frame: for as long as the source holds it. */
  endSeconds: number;
  /** Packets that an edit list hides, though others need them. */
  hiddenPackets: number;
  /** Whether some of them come after the first frame that is displayed: the edit list has more than one edit, or an end. */
  hidesLater: boolean;
  /** Packets that are cut off or marked as damaged. */
  damagedPackets: number;
  /** Packets whose container does not say when they are displayed. */
  untimedPackets: number;
  /** Whether the container gives the decoder another configuration on the way. */
  changesParameters: boolean;
  /** Whether two frames are displayed at the same time, as when an edit list repeats a part. */
  hasRepeatedTimes: boolean;
  /** Whether the frame that is displayed last is decoded last. */
  endsInOrder: boolean;
  /**
   * The longest time for which no frame stands when each lasts until the next one is decoded, as in fragments of MP4:
   * a frame that is held for long, while others that follow it in decoding order are displayed before it.
   */
  longestGapSeconds: number;
}

export interface AudioSurvey {
  packets: number;
  startSeconds: number;
  endSeconds: number;
  /** Of what an edit list hides at the start: an encoder's priming, or a part that was cut away. */
  hiddenSeconds: number;
  damagedPackets: number;
  /** The longest time between the end of a packet and the start of the next, or by which they overlap. */
  longestGapSeconds: number;
}

/** Of a surveyed video stream, the frames displayed in a second on average; null with fewer than two frames. */
export function averageFrameRate({ framesSeconds }: VideoSurvey): number | null {
  const [first = 0, last = 0] = [framesSeconds[0], framesSeconds.at(-1)];
  return framesSeconds.length > 1 && last > first ? (framesSeconds.length - 1) / (last - first) : null;
}

/** Beyond this, a frame is held: it is no jitter of the recorder's clock. */
const heldSeconds = 0.15;

/** Whether a frame is displayed for much longer than the others, as in a slide show, or where recording paused. */
export function holdsFrames({ framesSeconds, endSeconds }: VideoSurvey): boolean {
  const times = [...framesSeconds, endSeconds];
  const lasts = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const usual = lasts.toSorted((a, b) => a - b)[Math.floor(lasts.length / 2)] ?? 0;
  return lasts.some((seconds) => seconds - usual > heldSeconds);
}
