import type { Argv } from './argv';

/**
 * Reads streams of the first input and discards them. In containers whose time may jump (MPEG-TS and -PS),
 * FFmpeg sets its zero to the earliest of the streams that a run uses: runs that use different streams would
 * count from different zeros, and their tracks would not be in sync. Every run therefore reads all streams
 * that any run uses.
 */
export function anchorArgs(streams: number[], used: number[]): Argv {
  const others = streams.filter((index) => !used.includes(index));
  if (others.length === 0) return [];
  return [...others.flatMap((index) => ['-map', `0:${index}`]), '-c', 'copy', '-f', 'null', '-'];
}
