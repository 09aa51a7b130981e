import type { FileHandle } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import { FormatError } from '@/lib/formats/bytes/fields';
import { readTrackEncryption, type TrackEncryption } from '@/lib/formats/cenc/track-encryption';
import type { ByteRange, DashTrack } from '@/lib/formats/dash/read-dash';
import { findBox } from '@/lib/formats/mp4/boxes';
import { type ListedSegment, readSegmentIndex } from '@/lib/formats/mp4/fragments';
import { withFile } from '@/lib/formats/mp4-files/file-boxes';

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

/**
 * Reads the encryption of a track from its init segment.
 * @throws AppError `verify-failed` when the track is not encrypted
 */
export function readEncryption(init: Uint8Array): TrackEncryption {
  const encryption = orRefuse(() => readTrackEncryption(init));
  if (!encryption) throw new AppError('verify-failed', 'A track was written without encryption.');
  return encryption;
}

/** Reads the segments that an index lists. @throws AppError `verify-failed` when there is none */
export function readSegments(index: Uint8Array): ListedSegment[] {
  const sidx = findBox(index, ['sidx']);
  if (!sidx) throw new AppError('verify-failed', 'A track was written without its segment index.');
  return orRefuse(() => readSegmentIndex(sidx));
}

function orRefuse<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AppError('verify-failed', 'The headers of a track cannot be read.', { cause });
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
