/** A millisecond, the time unit of many containers, plus the rounding to the ticks of a track. */
const toleranceSeconds = 0.0015;

/** The difference between the frames of a track and those that its source displays. */
export interface FrameDifference {
  /** Frames of the source that the track does not have. */
  missing: number;
  /** Frames of the track at times where the source has none. */
  invented: number;
}

/** Compares actual with expected presentation times; both in seconds, ascending. */
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
