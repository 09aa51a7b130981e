/** A frame as it is stored: its size in bytes, and a checksum (CRC-32, as FFmpeg's framehash prints it). */
export interface StoredFrame {
  sizeBytes: number;
  crcHex: string;
}

/** Reads a line of framehash: stream, dts, pts, duration, size, checksum. Files of the same frames may differ in times. */
export function readFrameLine(line: string): StoredFrame {
  const [, , , , size = '', crcHex = ''] = line.split(',').map((field) => field.trim());
  return { sizeBytes: Number(size), crcHex };
}

export function hasSameFrames(one: StoredFrame[], other: StoredFrame[]): boolean {
  return one.length === other.length && one.every((frame, i) => isSame(frame, other[i]));
}

const isSame = (one: StoredFrame, other: StoredFrame | undefined) =>
  one.sizeBytes === other?.sizeBytes && one.crcHex === other.crcHex;

export function largestFrameBytes(frames: StoredFrame[]): number {
  return frames.reduce((largest, { sizeBytes }) => Math.max(largest, sizeBytes), 0);
}

/** What a track begins with, and what it ends with. */
export interface EndFrames {
  first: StoredFrame[];
  last: StoredFrame[];
}

/** Whether a sample of a track holds the very frames that the track begins with and then those that it ends with. */
export function isCutFrom(sample: StoredFrame[], { first, last }: EndFrames): boolean {
  const differsAt = sample.findIndex((frame, i) => !isSame(frame, first[i]));
  const rest = differsAt === -1 ? [] : sample.slice(differsAt);
  return sample.length > 0 && hasSameFrames(rest, last.slice(Math.max(0, last.length - rest.length)));
}
