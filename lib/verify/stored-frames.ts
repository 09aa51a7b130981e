/*
 * Lines of FFmpeg's framecrc for frames as they are stored: stream, dts, pts, duration, size in bytes, checksum. Files of
 * the same frames may have them at other times.
 */
const sizeAndSum = (line: string) => line.split(',').slice(4, 6).join();

export function hasSameFrames(one: string[], other: string[]): boolean {
  return one.map(sizeAndSum).join('\n') === other.map(sizeAndSum).join('\n');
}

export function largestFrameBytes(lines: string[]): number {
  return lines.reduce((largest, line) => Math.max(largest, Number(line.split(',')[4])), 0);
}

/** Whether a sample of a track holds the very frames that the track begins with and then those that it ends with. */
export function isCutFrom(sample: string[], beginning: string[], ending: string[]): boolean {
  const first = beginning.map(sizeAndSum);
  const differsAt = sample.findIndex((line, i) => sizeAndSum(line) !== first[i]);
  const rest = differsAt === -1 ? [] : sample.slice(differsAt);
  return sample.length > 0 && hasSameFrames(rest, ending.slice(Math.max(0, ending.length - rest.length)));
}
