/** A millisecond, in which many containers count, and what rounding to the ticks of a track adds. */
const toleranceSeconds = 0.0015;

/** How the frames of a track differ from those that its source displays. */
export interface FrameDifference {
  /** Frames of the source that the track does not have. */
  missing: number;
  /** Frames of the track at times at which the source has none. */
  invented: number;
}

/** Compares when frames are presented with when they are to be; both in seconds, ascending. */
export function compareFrames(presented: number[], expected: number[]): FrameDifference {
  let [i, j, same] = [0, 0, 0];
  while (i < presented.length && j < expected.length) {
    const apart = (presented[i] ?? 0) - (expected[j] ?? 0);
    if (Math.abs(apart) <= toleranceSeconds) same += 1;
    if (apart <= toleranceSeconds) i += 1;
    if (apart >= -toleranceSeconds) j += 1;
  }
  return { missing: expected.length - same, invented: presented.length - same };
}
