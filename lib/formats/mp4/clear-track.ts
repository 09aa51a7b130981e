import { boxesIn, findBox, headBytes } from './boxes';

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

/** More samples than a hundred hours of audio have. */
const mostSamples = 50_000_000;

/**
 * Reads from a `trak` box where its samples are (ISO/IEC 14496-12, 8.7).
 * @throws RangeError when it can't be read
 */
export function readClearTrack(trak: Buffer): ClearTrack {
  const table = tableReader(trak);
  const handler = findBox(trak, ['mdia', 'hdlr'])?.toString('latin1', 8, 12);
  if (handler !== 'vide' && handler !== 'soun') throw new RangeError(`A track is "${handler}".`);
  const track: ClearTrack = {
    kind: handler === 'vide' ? 'video' : 'audio',
    units: nalUnits(table('stsd')),
    sampleBytes: sampleSizes(table('stsz')),
    chunks: [],
  };
  const offsets = chunkOffsets(trak);
  const perChunk = samplesPerChunk(table('stsc'), offsets.length);
  let sample = 0;
  for (const [i, offset] of offsets.entries()) {
    const sampleCount = perChunk[i] ?? 0;
    const sizes = track.sampleBytes.subarray(sample, sample + sampleCount);
    const sizeBytes = sizes.reduce((sum, size) => sum + size, 0);
    track.chunks.push({ track, offset, sizeBytes, firstSample: sample, sampleCount });
    sample += sampleCount;
  }
  if (sample !== track.sampleBytes.length)
    throw new RangeError('The chunks of a track do not match its sample count.');
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

const tableReader = (trak: Buffer) => (type: string) => {
  const found = findBox(trak, ['mdia', 'minf', 'stbl', type]);
  if (!found) throw new RangeError(`A track has no ${type}.`);
  return found;
};

/** `avcC` and `hvcC` contain the size of the length field (ISO/IEC 14496-15, 5.3.3 and 8.3.3). */
function nalUnits(stsd: Buffer): NalUnits | null {
  const [entry] = boxesIn(stsd.subarray(headBytes.stsd));
  const boxes = entry?.payload.subarray(headBytes.encv) ?? Buffer.alloc(0);
  const [avc, hevc] = [findBox(boxes, ['avcC']), findBox(boxes, ['hvcC'])];
  if (avc) return { codec: 'h264', lengthBytes: (avc.readUInt8(4) & 0x3) + 1 };
  if (hevc) return { codec: 'hevc', lengthBytes: (hevc.readUInt8(21) & 0x3) + 1 };
  return null;
}

/** `stsz` (ISO/IEC 14496-12, 8.7.3.2): one size for all, or a size for each. */
function sampleSizes(stsz: Buffer): Uint32Array {
  const [all, count] = [stsz.readUInt32BE(4), stsz.readUInt32BE(8)];
  if (count > mostSamples) throw new RangeError('A track has too many samples.');
  if (all > 0) return new Uint32Array(count).fill(all);
  return Uint32Array.from({ length: count }, (_, i) => stsz.readUInt32BE(12 + 4 * i));
}

/** `stsc` (ISO/IEC 14496-12, 8.7.4): the number of samples in each chunk, in runs of chunks. */
function samplesPerChunk(stsc: Buffer, chunkCount: number): Uint32Array {
  const perChunk = new Uint32Array(chunkCount);
  const entries = stsc.readUInt32BE(4);
  const firstOf = (i: number) => (i < entries ? stsc.readUInt32BE(8 + 12 * i) - 1 : chunkCount);
  for (let i = 0; i < entries; i++) perChunk.fill(stsc.readUInt32BE(12 + 12 * i), firstOf(i), firstOf(i + 1));
  return perChunk;
}

/** `stco` or `co64` (ISO/IEC 14496-12, 8.7.5). */
function chunkOffsets(trak: Buffer): number[] {
  const long = findBox(trak, ['mdia', 'minf', 'stbl', 'co64']);
  const table = long ?? tableReader(trak)('stco');
  const read = (i: number) =>
    long ? Number(long.readBigUInt64BE(8 + 8 * i)) : table.readUInt32BE(8 + 4 * i);
  return Array.from({ length: Math.min(table.readUInt32BE(4), mostSamples) }, (_, i) => read(i));
}
