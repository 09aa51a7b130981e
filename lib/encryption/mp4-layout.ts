import type { FileHandle } from 'node:fs/promises';
import type { Chunk, ClearTrack } from './clear-track';

/** A plain MP4 as FFmpeg writes it: `ftyp`, the samples, `moov`. */
export interface Mp4Layout {
  /** Bytes from the start, to the end of `ftyp`. */
  ftypEnd: number;
  moovStart: number;
  /** Its payload. */
  moov: Buffer;
}

/** A hundred hours have 300 MB of it. */
const mostMoovBytes = 1024 ** 3;

/** @throws RangeError when the file is laid out in another way */
export async function readLayout(file: FileHandle): Promise<Mp4Layout> {
  let [at, ftypEnd] = [0, 0];
  for (let head = await headAt(file, at); head; head = await headAt(file, at)) {
    if (head.type === 'ftyp' && at === 0) ftypEnd = head.sizeBytes;
    if (head.type === 'moov') {
      if (ftypEnd === 0 || head.sizeBytes > mostMoovBytes) break;
      return { ftypEnd, moovStart: at, moov: await readPart(file, at + 8, at + head.sizeBytes) };
    }
    at += head.sizeBytes;
  }
  throw new RangeError('The file is not laid out as an MP4 with its tables at the end.');
}

/** The type and the size of a box (ISO/IEC 14496-12, 4.2); null at the end. */
async function headAt(file: FileHandle, at: number) {
  const head = Buffer.alloc(16);
  const { bytesRead } = await file.read(head, 0, head.length, at);
  if (bytesRead < 8) return null;
  const short = head.readUInt32BE(0);
  const sizeBytes = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
  if (sizeBytes < 8) throw new RangeError('A box of the file has no size.');
  return { type: head.toString('latin1', 4, 8), sizeBytes };
}

/** @throws RangeError when the file ends before */
export async function readPart(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) throw new RangeError('The file ends too early.');
    filled += bytesRead;
  }
  return bytes;
}

/** Chunks that are read at once. */
export interface Batch {
  from: number;
  to: number;
  chunks: Chunk[];
}

/** What is worked upon between two turns of the event loop: some milliseconds. */
const [batchBytes, batchSamples] = [4 * 1024 * 1024, 2000];

/** FFmpeg writes chunks of 1 MB, or of one picture. */
const mostChunkBytes = 256 * 1024 * 1024;

/**
 * The chunks of all tracks in the order of the file, some at a time.
 * @throws RangeError when they lie upon each other, or not where samples are
 */
export function* batchesOf(tracks: ClearTrack[], { ftypEnd, moovStart }: Mp4Layout): Generator<Batch> {
  const inOrder = tracks.flatMap((track) => track.chunks).sort((one, other) => one.offset - other.offset);
  let batch: Batch | null = null;
  let samples = 0;
  for (const chunk of inOrder) {
    const end = chunk.offset + chunk.sizeBytes;
    if (chunk.offset < (batch?.to ?? ftypEnd)) throw new RangeError('Samples lie upon each other.');
    if (end > moovStart || chunk.sizeBytes > mostChunkBytes) throw new RangeError('Samples lie elsewhere.');
    if (batch && (end - batch.from > batchBytes || samples + chunk.sampleCount > batchSamples)) {
      yield batch;
      batch = null;
    }
    batch ??= { from: chunk.offset, to: end, chunks: [] };
    samples = batch.chunks.length === 0 ? chunk.sampleCount : samples + chunk.sampleCount;
    batch.chunks.push(chunk);
    batch.to = end;
  }
  if (batch) yield batch;
}
