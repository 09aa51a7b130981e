import type { FileHandle } from 'node:fs/promises';
import { FormatError } from '../bytes/fields';
import type { Chunk, ClearTrack } from '../mp4/clear-track';
import { boxesOf, readPayload } from '../mp4-files/file-boxes';

/** A plain MP4 (ISO/IEC 14496-12, 4.3 and 8.2.1) as FFmpeg writes it: `ftyp`, the samples, `moov`. */
export interface Mp4Layout {
  /** Bytes from the start, to the end of `ftyp`. */
  ftypEnd: number;
  moovStart: number;
  /** The payload of the `moov` box. */
  moov: Buffer;
}

/** @throws FormatError when the file is laid out in another way */
export async function readLayout(file: FileHandle): Promise<Mp4Layout> {
  let ftypEnd = 0;
  for await (const place of boxesOf(file)) {
    if (place.type === 'ftyp' && place.start === 0) ftypEnd = place.end;
    if (place.type !== 'moov') continue;
    if (ftypEnd === 0) break;
    return { ftypEnd, moovStart: place.start, moov: await readPayload(file, place) };
  }
  throw new FormatError('The file is not laid out as an MP4 with its tables at the end.');
}

/** Chunks that are read together. */
export interface Batch {
  from: number;
  to: number;
  chunks: Chunk[];
}

/** The work between two turns of the event loop: some milliseconds. */
const [batchBytes, batchSamples] = [4 * 1024 * 1024, 2000];

/** FFmpeg writes chunks of 1 MB, or of one frame. */
const mostChunkBytes = 256 * 1024 * 1024;

/**
 * The chunks of all tracks in file order, in batches.
 * @throws FormatError when chunks overlap, or lie outside the sample data
 */
export function* batchesOf(tracks: ClearTrack[], { ftypEnd, moovStart }: Mp4Layout): Generator<Batch> {
  const inOrder = tracks.flatMap((track) => track.chunks).sort((one, other) => one.offset - other.offset);
  let batch: Batch | null = null;
  let samples = 0;
  for (const chunk of inOrder) {
    const end = chunk.offset + chunk.sizeBytes;
    if (chunk.offset < (batch?.to ?? ftypEnd)) throw new FormatError('Samples overlap.');
    if (end > moovStart || chunk.sizeBytes > mostChunkBytes)
      throw new FormatError('Samples lie outside the sample data.');
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
