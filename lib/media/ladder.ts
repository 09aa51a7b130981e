/** A rung of the ladder: its height for landscape pictures, the quality it aims at, and the most it may take. */
export interface Rung {
  height: number;
  /** Constant rate factor of x264: lower is better. */
  crf: number;
  maxBps: number;
}

/** How sources are encoded. Rungs stand highest first. */
export interface Ladder {
  /** x264's preset: slower makes smaller files. */
  preset: string;
  /** Segments are cut at the first keyframe at or after each multiple of this. */
  segmentSeconds: number;
  /** Between keyframes, where no copied rendition says where they are; divides `segmentSeconds`. */
  keyframeSeconds: number;
  maxFramesPerSecond: number;
  /** A rung whose cap is less than this share below the one above it is left out. */
  leastStep: number;
  /** A source is its own top rung up to this many times that rung's cap. */
  copyUpTo: number;
  rungs: Rung[];
}
