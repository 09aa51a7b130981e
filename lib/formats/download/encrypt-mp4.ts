import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import type { ContentKey } from '@/lib/media/content-key';
import { isOwnPlainFile, openPlainFile } from '@/lib/storage/plain-file';
import { FormatError } from '../bytes/fields';
import { findBoxes } from '../mp4/boxes';
import { type Chunk, type ClearTrack, readClearTrack } from '../mp4/clear-track';
import { readPart } from '../mp4-files/file-boxes';
import { batchesOf, type Mp4Layout, readLayout } from './mp4-layout';
import { type ChunkProtection, encryptChunk, planChunk } from './protect-chunk';
import { protectedMoov } from './protected-moov';
import { writeBehindReads } from './write-behind-reads';

/** CRC-32 of each sample of a track before it was encrypted, in order. */
export type ClearChecksums = Uint32Array;

type Protections = Map<Chunk, ChunkProtection>;

/**
 * Encrypts a plain MP4 in place with the scheme `cenc` (ISO/IEC 23001-7, 10.1), and moves its tables to the
 * front. It must be laid out as FFmpeg writes it: tables at the end, video and audio only. A symbolic link or
 * a file with several hard links is refused and left as it is.
 *
 * @returns for each track, in file order, the checksums of its clear samples
 * @throws AppError `verify-failed` when the layout is not understood; the signal's reason when aborted
 */
export async function encryptMp4(
  path: string,
  key: ContentKey,
  signal: AbortSignal,
): Promise<ClearChecksums[]> {
  const file = await openPlainFile(path, 'change');
  try {
    if (!isOwnPlainFile(await file.stat({ bigint: true })))
      throw new AppError('tool-output-refused', 'The download file has another owner or other hard links.');
    const layout = await readLayout(file);
    const tracks = Array.from(findBoxes(layout.moov, ['trak']), ({ payload }) => readClearTrack(payload));
    const protections = await plan(file, layout, tracks, signal);
    return await write(file, layout, tracks, protections, key, signal);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AppError('verify-failed', 'The download does not have the expected MP4 layout.', { cause });
  } finally {
    await file.close();
  }
}

/** The IVs count up through all tracks, so that none repeats (ISO/IEC 23001-7, 9.3). */
async function plan(
  file: FileHandle,
  layout: Mp4Layout,
  tracks: ClearTrack[],
  signal: AbortSignal,
): Promise<Protections> {
  const protections: Protections = new Map();
  let iv = randomBytes(8).readBigUInt64BE();
  for (const { from, to, chunks } of batchesOf(tracks, layout)) {
    signal.throwIfAborted();
    const hasUnits = chunks.some(({ track }) => track.units);
    const bytes = hasUnits ? await readPart(file, from, to) : Buffer.alloc(0);
    for (const chunk of chunks) {
      protections.set(chunk, planChunk(chunk, bytes.subarray(chunk.offset - from), iv));
      iv += BigInt(chunk.sampleCount);
    }
  }
  return protections;
}

async function write(
  file: FileHandle,
  layout: Mp4Layout,
  tracks: ClearTrack[],
  protections: Protections,
  { kidHex, keyHex }: ContentKey,
  signal: AbortSignal,
): Promise<ClearChecksums[]> {
  const { ftypEnd, moovStart, moov } = layout;
  const key = Buffer.from(keyHex, 'hex');
  const sums = new Map(tracks.map((track) => [track, new Uint32Array(track.sampleBytes.length)]));
  const writer = writeBehindReads(file, ftypEnd);
  await writer.add(protectedMoov(moov, tracks, protections, kidHex, ftypEnd), ftypEnd);
  let at = ftypEnd;
  for (const { to, chunks } of batchesOf(tracks, layout)) {
    signal.throwIfAborted();
    const bytes = await readPart(file, at, to);
    for (const chunk of chunks) {
      const sum = sums.get(chunk.track);
      const protection = protections.get(chunk);
      const own = bytes.subarray(chunk.offset - at);
      if (sum && protection) encryptChunk(chunk, own, protection, key, sum);
    }
    await writer.add(bytes, to);
    at = to;
  }
  await writer.add(await readPart(file, at, moovStart), Number.POSITIVE_INFINITY);
  return [...sums.values()];
}
