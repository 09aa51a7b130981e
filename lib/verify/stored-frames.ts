import { crc32 } from 'node:zlib';

/** A frame as it is stored: its size in bytes, and a checksum (CRC-32, as FFmpeg's framehash prints it). */
export interface StoredFrame {
  sizeBytes: number;
  crcHex: string;
}

/** Describes a frame by its stored bytes. */
export const storedFrame = (bytes: Uint8Array): StoredFrame => ({
  sizeBytes: bytes.length,
  crcHex: crc32(bytes).toString(16).padStart(8, '0'),
});

/**
 * Reads a line of framehash: stream, dts, pts, duration, size, checksum. Times are ignored: files with the
 * same frames may differ in them.
 */
export function readFrameLine(line: string): StoredFrame {
  const [, , , , size = '', crcHex = ''] = line.split(',').map((field) => field.trim());
  return { sizeBytes: Number(size), crcHex };
}

export function hasSameFrames(one: StoredFrame[], other: StoredFrame[]): boolean {
  return one.length === other.length && one.every((frame, i) => isSameFrame(frame, other[i]));
}

export const isSameFrame = (one: StoredFrame, other: StoredFrame | undefined) =>
  one.sizeBytes === other?.sizeBytes && one.crcHex === other.crcHex;

export function largestFrameBytes(frames: StoredFrame[]): number {
  return frames.reduce((largest, { sizeBytes }) => Math.max(largest, sizeBytes), 0);
}
