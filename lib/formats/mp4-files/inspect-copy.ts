import { type FileHandle, open } from 'node:fs/promises';
import { findAudioSpecificConfig, readAudioSpecificConfig } from '@/lib/formats/codecs/audio-specific-config';
import {
  type AvcConfiguration,
  isFrameCodedOnly,
  readAvcConfiguration,
} from '@/lib/formats/codecs/avc-parameter-sets';
import { findBox, headBytes } from '@/lib/formats/mp4/boxes';
import { type ClearTrack, readClearTrack, sampleRangesIn } from '@/lib/formats/mp4/clear-track';
import { boxesOf, readPart } from './file-boxes';

/** The properties in a copied track's own headers, beyond those in the source's container. */
export interface CopiedTrack {
  avc: CopiedAvc | null;
  /** For AAC; null for other codecs. */
  channelConfiguration: number | null;
  audioObjectType: number | null;
}

export interface CopiedAvc {
  profileIdc: number;
  levelIdc: number;
  /** Whether it is coded as frames only, never as fields. */
  isFrameCoded: boolean;
  /** Whether each sample that is marked as a random access point is an IDR picture. */
  startsWithIdr: boolean;
  /** Whether the parameter sets in its samples are all in its sample entry. */
  hasConstantParameters: boolean;
}

const sampleTable = ['mdia', 'minf', 'stbl'];

/**
 * Reads a clear track that FFmpeg copied into plain MP4: its sample entry, and the first NAL units of each
 * random access point.
 * @throws RangeError when it can't be read
 */
export async function inspectCopy(trackFile: string): Promise<CopiedTrack> {
  const file = await open(trackFile, 'r');
  try {
    const trak = await readTrak(file);
    const stsd = findBox(trak, [...sampleTable, 'stsd'])?.subarray(headBytes.stsd) ?? Buffer.alloc(0);
    const avcC = findBox(stsd, ['avc1'])?.subarray(headBytes.encv);
    const avc = avcC && findBox(avcC, ['avcC']);
    const esds = findBox(stsd, ['mp4a'])?.subarray(headBytes.enca);
    const config = esds && findAudioSpecificConfig(findBox(esds, ['esds']) ?? Buffer.alloc(4));
    const audio = config ? readAudioSpecificConfig(config) : null;
    return {
      avc: avc ? await inspectAvc(file, trak, readAvcConfiguration(avc)) : null,
      channelConfiguration: audio?.channelConfiguration ?? null,
      audioObjectType: audio?.objectType ?? null,
    };
  } finally {
    await file.close();
  }
}

async function readTrak(file: FileHandle): Promise<Buffer> {
  for await (const { type, start, end } of boxesOf(file)) {
    const trak = type === 'moov' && findBox(await readPart(file, start + 8, end), ['trak']);
    if (trak) return trak;
  }
  throw new RangeError('The file has no track.');
}

/** Types of NAL units (ISO/IEC 14496-10, table 7-1). */
const nal = { slice: 1, idr: 5, sps: 7, pps: 8 };

async function inspectAvc(file: FileHandle, trak: Buffer, config: AvcConfiguration): Promise<CopiedAvc> {
  const { profileIdc, levelIdc, sequenceParameterSets, pictureParameterSets, lengthBytes } = config;
  const known = [...sequenceParameterSets, ...pictureParameterSets].map(withoutTrailingZeros);
  const found = { startsWithIdr: true, hasConstantParameters: true };
  for (const [start, end] of syncSamples(trak)) {
    for await (const unit of firstUnits(file, start, end, lengthBytes)) {
      if (unit.type === nal.sps || unit.type === nal.pps)
        found.hasConstantParameters &&= known.some((set) => set.equals(withoutTrailingZeros(unit.bytes)));
      else if (unit.type >= nal.slice && unit.type <= nal.idr) found.startsWithIdr &&= unit.type === nal.idr;
    }
    if (!found.startsWithIdr || !found.hasConstantParameters) break;
  }
  const isFrameCoded = sequenceParameterSets.length > 0 && sequenceParameterSets.every(isFrameCodedOnly);
  return { profileIdc, levelIdc, isFrameCoded, ...found };
}

/**
 * A NAL unit never ends in a zero byte (ISO/IEC 14496-10, 7.4.1); FFmpeg takes one of a longer start code
 * behind a parameter set (B.1.2) into `avcC`.
 */
function withoutTrailingZeros(unit: Buffer): Buffer {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end -= 1;
  return unit.subarray(0, end);
}

/**
 * The place in the file of each sample of `stss` (ISO/IEC 14496-12, 8.6.2); without that box, of every
 * sample.
 */
function* syncSamples(trak: Buffer): Generator<[number, number]> {
  const stss = findBox(trak, [...sampleTable, 'stss']);
  const count = stss?.readUInt32BE(4) ?? 0;
  let next = 0;
  const isSync = (sample: number) => {
    if (!stss) return true;
    while (next < count && stss.readUInt32BE(8 + 4 * next) < sample + 1) next += 1;
    return next < count && stss.readUInt32BE(8 + 4 * next) === sample + 1;
  };
  const track: ClearTrack = readClearTrack(trak);
  for (const chunk of track.chunks)
    for (const [i, [from, to]] of sampleRangesIn(chunk).entries())
      if (isSync(chunk.firstSample + i)) yield [chunk.offset + from, chunk.offset + to];
}

interface NalUnit {
  type: number;
  /** The whole unit for parameter sets; for others, possibly only its start. */
  bytes: Buffer;
}

const readAheadBytes = 1024;

/** The NAL units of a sample, up to its first slice. */
async function* firstUnits(
  file: FileHandle,
  start: number,
  end: number,
  lengthBytes: number,
): AsyncGenerator<NalUnit> {
  let at = start;
  while (at + lengthBytes < end) {
    const head = await readPart(file, at, Math.min(end, at + readAheadBytes));
    let offset = 0;
    while (offset + lengthBytes < head.length) {
      const sizeBytes = head.readUIntBE(offset, lengthBytes);
      const first = offset + lengthBytes;
      const type = head.readUInt8(first) & 0x1f;
      const isWhole = first + sizeBytes <= head.length;
      const isSet = type === nal.sps || type === nal.pps;
      if (isSet && !isWhole && offset > 0) break;
      const bytes =
        isSet && !isWhole
          ? await readPart(file, at + first, Math.min(end, at + first + sizeBytes))
          : head.subarray(first, first + sizeBytes);
      yield { type, bytes };
      if (type >= nal.slice && type <= nal.idr) return;
      offset = first + sizeBytes;
    }
    if (offset === 0) return;
    at += offset;
  }
}
