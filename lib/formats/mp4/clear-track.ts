import { Fields, FormatError } from '../bytes/fields';
import { boxesIn, fieldBytes, findBox } from './boxes';
import { readHandler } from './movie-boxes';
import { readChunkOffsets, readSampleSizes, readSamplesPerChunk } from './sample-tables';

/** A contiguous run of a track's samples in the file. */
export interface Chunk {
  track: ClearTrack;
  offset: number;
  sizeBytes: number;
  firstSample: number;
  sampleCount: number;
}

/** How a codec's samples are divided into NAL units, each after its length (ISO/IEC 14496-15, 4.3.3). */
export interface NalUnits {
  codec: 'h264' | 'hevc';
  lengthBytes: number;
}

/** A track of a plain MP4 before it is encrypted. */
export interface ClearTrack {
  kind: 'video' | 'audio';
  /** Null for codecs without NAL units. */
  units: NalUnits | null;
  sampleBytes: Uint32Array;
  chunks: Chunk[];
}

/** The place of the sample tables in a `trak` box (ISO/IEC 14496-12, 8.5). */
export const sampleTable = ['mdia', 'minf', 'stbl'] as const;

/**
 * Reads from a `trak` box where its samples are (ISO/IEC 14496-12, 8.7).
 * @throws FormatError when it can't be read
 */
export function readClearTrack(trak: Uint8Array): ClearTrack {
  const handler = readHandler(requiredBox(trak, ['mdia', 'hdlr']));
  if (handler !== 'vide' && handler !== 'soun') throw new FormatError(`A track is "${handler}".`);
  const table = (type: string) => requiredBox(trak, [...sampleTable, type]);
  const track: ClearTrack = {
    kind: handler === 'vide' ? 'video' : 'audio',
    units: nalUnits(table('stsd')),
    sampleBytes: readSampleSizes(table('stsz')),
    chunks: [],
  };
  const long = findBox(trak, [...sampleTable, 'co64']);
  const offsets = long ? readChunkOffsets(long, 8) : readChunkOffsets(table('stco'), 4);
  const perChunk = readSamplesPerChunk(table('stsc'), offsets.length);
  let sample = 0;
  for (const [i, offset] of offsets.entries()) {
    const sampleCount = perChunk[i] ?? 0;
    const sizes = track.sampleBytes.subarray(sample, sample + sampleCount);
    const sizeBytes = sizes.reduce((sum, size) => sum + size, 0);
    track.chunks.push({ track, offset, sizeBytes, firstSample: sample, sampleCount });
    sample += sampleCount;
  }
  if (sample !== track.sampleBytes.length)
    throw new FormatError('The chunks of a track do not match its sample count.');
  return track;
}

/** The start and end of each sample in a chunk. */
export function sampleRangesIn({ track, firstSample, sampleCount }: Chunk): [number, number][] {
  let to = 0;
  return Array.from(track.sampleBytes.subarray(firstSample, firstSample + sampleCount), (sizeBytes) => {
    to += sizeBytes;
    return [to - sizeBytes, to];
  });
}

/** @throws FormatError when a track lacks a box at a path */
export function requiredBox<Bytes extends Uint8Array>(trak: Bytes, path: readonly string[]): Bytes {
  const found = findBox(trak, path);
  if (!found) throw new FormatError(`A track has no ${path.at(-1)}.`);
  return found;
}

/** `avcC` and `hvcC` contain the size of the length field (ISO/IEC 14496-15, 5.3.3 and 8.3.3). */
function nalUnits(stsd: Uint8Array): NalUnits | null {
  const [entry] = boxesIn(stsd.subarray(fieldBytes.stsd));
  const boxes = entry?.payload.subarray(fieldBytes.encv) ?? new Uint8Array();
  const [avc, hevc] = [findBox(boxes, ['avcC']), findBox(boxes, ['hvcC'])];
  if (avc) return { codec: 'h264', lengthBytes: lengthBytesAt(avc, 4) };
  if (hevc) return { codec: 'hevc', lengthBytes: lengthBytesAt(hevc, 21) };
  return null;
}

const lengthBytesAt = (record: Uint8Array, at: number) => (new Fields(record).skip(at).u8() & 0x3) + 1;
