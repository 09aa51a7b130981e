import { type FileHandle, open } from 'node:fs/promises';
import type { ByteRange, DashTrack } from '@/lib/formats/dash/read-dash';
import { readEncryption, readSegments, type TrackEncryption } from './track-encryption';

/** A media segment: its place in its file, and its duration. */
export interface Segment extends ByteRange {
  seconds: number;
}

/** The ends of a track. */
export interface TrackEnds {
  init: Buffer;
  /** The encryption that the track itself describes. */
  encryption: TrackEncryption;
  /** The first and the last media segment, or the only one. */
  segments: Segment[];
}

/**
 * Finds the ends of a track in its file.
 * @throws AppError `verify-failed` when it has no index, or is not encrypted
 */
export function findEnds(trackFile: string, track: Pick<DashTrack, 'init' | 'index'>): Promise<TrackEnds> {
  return withFile(trackFile, async (file) => {
    const init = await read(file, track.init);
    const all = segmentsAfter(await read(file, track.index), track.index.end + 1);
    const segments = all.length > 1 ? [...all.slice(0, 1), ...all.slice(-1)] : all;
    return { init, encryption: readEncryption(init), segments };
  });
}

/** The start of each segment of a track, in seconds, from its index. Errors: see findEnds. */
export function readStarts(trackFile: string, { index }: Pick<DashTrack, 'index'>): Promise<number[]> {
  return withFile(trackFile, async (file) =>
    readSegments(await read(file, index)).map(({ startSeconds }) => startSeconds),
  );
}

/** Reads a segment with the init segment before it, which together play. */
export function readSample(trackFile: string, { init }: TrackEnds, segment: Segment): Promise<Buffer> {
  return withFile(trackFile, async (file) => Buffer.concat([init, await read(file, segment)]));
}

async function withFile<Result>(name: string, use: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await open(name, 'r');
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, { start, end }: ByteRange): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(end - start + 1);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}

function segmentsAfter(index: Buffer, firstByte: number): Segment[] {
  let start = firstByte;
  return readSegments(index).map(({ sizeBytes, seconds }) => {
    const segment = { start, end: start + sizeBytes - 1, seconds };
    start += sizeBytes;
    return segment;
  });
}
