import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { probeKeyframes } from '@/lib/ffmpeg/probe-source';
import { readDash } from '@/lib/formats/dash/read-dash';
import { versionFiles } from '@/lib/media/file-names';
import type { PublishedVersion } from '@/lib/media/track';
import { toTicks } from '@/lib/media/video-clock';
import { readStarts } from '@/lib/verify/track-ends';
import type { Attempt } from '../attempt';
import { segmentStarts } from '../plan/segment-starts';
import type { WorkFolders } from '../work-folder';
import { openVersion } from './open-source';

/** The limits of a ladder. */
const longestSeconds = 10;
const shortestSeconds = 1;

/** Lengths from the longest down: in whole seconds first, in milliseconds last. */
const lengths = [1, 2, 10, 100, 1000].flatMap((partsOfSecond) =>
  Array.from(
    { length: (longestSeconds - shortestSeconds) * partsOfSecond + 1 },
    (_, i) => (longestSeconds * partsOfSecond - i) / partsOfSecond,
  ),
);

/**
 * The segment length that cuts a version's video where it is cut; the ladder may have changed since. Encoded
 * renditions may have keyframes only where segments start; the copied one has others too, and determines the
 * length best.
 */
export async function servedSegmentSeconds(
  attempt: Attempt,
  current: PublishedVersion,
  folders: WorkFolders,
): Promise<number> {
  const { ladder, signal } = attempt;
  const folder = await openVersion(attempt, current, folders);
  const videos = current.tracks.filter(({ kind }) => kind === 'video');
  const reference = videos.find(({ isCopied }) => isCopied) ?? videos[0];
  const tracks = readDash(await readFile(path.join(folder, versionFiles.dash), 'utf8'));
  const track = tracks.find(({ file }) => file === reference?.file);
  if (!track) return ladder.segmentSeconds;
  const file = path.join(folder, track.file);
  const starts = await readStarts(file, track);
  // Times and flags are not encrypted.
  const keyframes = reference?.isCopied ? await probeKeyframes(attempt.tools, file, 0, signal) : starts;
  return segmentLength(keyframes, starts, ladder.segmentSeconds);
}

/**
 * The segment length that gives these starts: the wanted one if it does, else the roundest that does, else
 * the wanted one.
 */
export function segmentLength(keyframesSeconds: number[], starts: number[], wanted: number): number {
  const givesStarts = (seconds: number) => {
    const found = segmentStarts(keyframesSeconds, seconds);
    return (
      found.length === starts.length && found.every((time, i) => toTicks(time) === toTicks(starts[i] ?? 0))
    );
  };
  return [wanted, ...lengths].find(givesStarts) ?? wanted;
}
