/**
 * Where Shaka Packager starts segments, given a track's keyframes: at the first one in each next multiple of the segment
 * length. Encoded renditions get keyframes there, and nowhere else, so that all tracks are cut at the same times.
 */
export function segmentStarts(keyframesSeconds: number[], segmentSeconds: number): number[] {
  let current = -1;
  return keyframesSeconds.filter((time) => {
    const index = Math.floor(time / segmentSeconds);
    if (index <= current) return false;
    current = index;
    return true;
  });
}
