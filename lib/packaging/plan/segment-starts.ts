import { ticksPerSecond, toTicks } from '@/lib/media/video-clock';

/**
 * Where Shaka Packager starts segments, given a track's keyframes: at the first keyframe in each multiple of
 * the segment length. Encoded renditions get keyframes there, and nowhere else, so that all tracks are cut at
 * the same times. The packager counts whole ticks: in seconds, 15.999999999999998 would not be a multiple of
 * 4.
 */
export function segmentStarts(keyframesSeconds: number[], segmentSeconds: number): number[] {
  const segmentTicks = Math.trunc(segmentSeconds * ticksPerSecond);
  let current = -1;
  return keyframesSeconds.filter((time) => {
    const index = Math.trunc(toTicks(time) / segmentTicks);
    if (index <= current) return false;
    current = index;
    return true;
  });
}
