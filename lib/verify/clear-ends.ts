import type { FileHandle } from 'node:fs/promises';
import { readClearTrack, sampleRangesIn } from '@/lib/formats/mp4/clear-track';
import {
  type BoxPlace,
  boxesOf,
  readFirstTrak,
  readPart,
  withFile,
} from '@/lib/formats/mp4-files/file-boxes';
import { readSegment } from './decrypt-segment';
import { type StoredFrame, storedFrame } from './stored-frames';

/** The first and the last frames of a track. */
export interface EndFrames {
  first: StoredFrame[];
  last: StoredFrame[];
}

/** Reads some adjacent frames. */
type Piece = () => Promise<StoredFrame[]>;

/**
 * Reads the stored frames at both ends of a clear track, fewer where it has no more.
 * @throws FormatError when the track can't be read; AppError `verify-failed` when a fragment can't
 */
export async function readClearEnds(
  trackFile: string,
  firstCount: number,
  lastCount: number,
): Promise<EndFrames> {
  return withFile(trackFile, async (file) => {
    const pieces = await piecesOf(file);
    const first: StoredFrame[] = [];
    for (const read of pieces) {
      if (first.length >= firstCount) break;
      first.push(...(await read()));
    }
    let last: StoredFrame[] = [];
    for (const read of pieces.toReversed()) {
      if (last.length >= lastCount) break;
      last = [...(await read()), ...last];
    }
    return { first: first.slice(0, firstCount), last: last.slice(Math.max(0, last.length - lastCount)) };
  });
}

/** FFmpeg writes plain MP4, with chunks; tracks that Shaka Packager decrypted have fragments. */
async function piecesOf(file: FileHandle): Promise<Piece[]> {
  const boxes: BoxPlace[] = [];
  for await (const place of boxesOf(file)) boxes.push(place);
  const fragments = boxes.filter(({ type }) => type === 'moof');
  if (fragments.length > 0) {
    return fragments.map((moof) => async () => {
      const mdat = boxes.find(({ start }) => start === moof.end);
      const bytes = await readPart(file, moof.start, mdat?.end ?? moof.end);
      return readSegment(bytes, null).map(({ start, end }) => storedFrame(bytes.subarray(start, end)));
    });
  }
  return readClearTrack(await readFirstTrak(file)).chunks.map((chunk) => async () => {
    const bytes = await readPart(file, chunk.offset, chunk.offset + chunk.sizeBytes);
    return sampleRangesIn(chunk).map(([from, to]) => storedFrame(bytes.subarray(from, to)));
  });
}
