/** A rung of the ladder: its height for landscape video, its target quality, and its maximum bit rate. */
export interface Rung {
  height: number;
  /** Constant rate factor of x264: lower is better. */
  crf: number;
  maxBps: number;
}

/** How sources are encoded. Rungs are sorted highest first. */
export interface Ladder {
  /** x264's preset: slower makes smaller files. */
  preset: string;
  /** Segments are cut at the first keyframe at or after each multiple of this. */
  segmentSeconds: number;
  /** Keyframe interval where no copied rendition sets it; divides `segmentSeconds`. */
  keyframeSeconds: number;
  maxFramesPerSecond: number;
  /** A rung is left out when its cap is less than this share below that of the rung above. */
  leastStep: number;
  /** A source is copied as the top rung up to this many times that rung's cap. */
  copyUpTo: number;
  rungs: Rung[];
}
