import path from 'node:path';
import { AppError } from '@/lib/errors';
import type { DashTrack } from '@/lib/formats/dash/read-dash';
import { readStarts } from './track-ends';

/**
 * Frames have the same times in all renditions. Where frames of a damaged source could not be decoded, a
 * later frame starts the segment; a cut at another keyframe is farther off.
 */
const toleranceSeconds = 0.5;

/**
 * Checks that players can switch between the video tracks of a version at every segment: all are cut at the
 * same times. One may end sooner than another.
 * @throws AppError `verify-failed`
 */
export async function checkAligned(versionFolder: string, tracks: DashTrack[]): Promise<void> {
  const [first, ...others] = tracks.filter(({ kind }) => kind === 'video');
  if (!first) return;
  const startsOf = (track: DashTrack) => readStarts(path.join(versionFolder, track.file), track);
  const expected = await startsOf(first);
  for (const track of others) {
    const starts = await startsOf(track);
    if (!isAligned(starts, expected))
      throw new AppError(
        'verify-failed',
        `The tracks ${first.file} and ${track.file} have different segment boundaries.`,
      );
  }
}

/** Whether the starts that both lists have are the same, within the tolerance. */
export const isAligned = (starts: number[], expected: number[]): boolean =>
  starts.every((start, i) => Math.abs(start - (expected[i] ?? start)) <= toleranceSeconds);
