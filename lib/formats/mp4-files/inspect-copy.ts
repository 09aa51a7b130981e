import type { FileHandle } from 'node:fs/promises';
import { FormatError } from '../bytes/fields';
import { findAudioSpecificConfig, readAudioSpecificConfig } from '../codecs/audio-specific-config';
import { type AvcConfiguration, isFrameCodedOnly, readAvcConfiguration } from '../codecs/avc-parameter-sets';
import { fieldBytes, findBox } from '../mp4/boxes';
import { readClearTrack, requiredBox, sampleRangesIn, sampleTable } from '../mp4/clear-track';
import { readSyncSamples } from '../mp4/sample-tables';
import { readFirstTrak, withFile } from './file-boxes';
import { firstUnits, nal } from './first-nal-units';

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

/**
 * Reads a clear track that FFmpeg copied into plain MP4: its sample entry, and the first NAL units of each
 * random access point.
 * @throws FormatError when it can't be read
 */
export const inspectCopy = (trackFile: string): Promise<CopiedTrack> =>
  withFile(trackFile, async (file) => {
    const trak = await readFirstTrak(file);
    const stsd = requiredBox(trak, [...sampleTable, 'stsd']).subarray(fieldBytes.stsd);
    const avc = findBox(entryBoxes(stsd, 'avc1', fieldBytes.encv), ['avcC']);
    const esds = findBox(entryBoxes(stsd, 'mp4a', fieldBytes.enca), ['esds']);
    const config = esds && findAudioSpecificConfig(esds);
    const audio = config ? readAudioSpecificConfig(config) : null;
    return {
      avc: avc ? await inspectAvc(file, trak, readAvcConfiguration(avc)) : null,
      channelConfiguration: audio?.channelConfiguration ?? null,
      audioObjectType: audio?.objectType ?? null,
    };
  });

/** The boxes in the first sample entry of a type, after its fields; none where there is no such entry. */
const entryBoxes = (stsd: Uint8Array, type: string, after: number): Uint8Array =>
  findBox(stsd, [type])?.subarray(after) ?? new Uint8Array();

/**
 * Whether each keyframe of a plain MP4 with one video track is a stream access point of type 1 (ISO/IEC
 * 14496-12, annex I): in H.264 an IDR picture, since MP4 also marks recovery points of open GOPs as sync
 * samples. True for codecs without NAL units, false for others that are not H.264, and for a file that can't
 * be read.
 */
export const startsWithIdr = (path: string): Promise<boolean> =>
  withFile(path, async (file) => {
    try {
      const trak = await readFirstTrak(file);
      const { units } = readClearTrack(trak);
      if (units === null) return true;
      if (units.codec !== 'h264') return false;
      for (const [start, end] of syncSamples(trak)) {
        let slice = 0;
        for await (const { type } of firstUnits(file, start, end, units.lengthBytes)) slice = type;
        if (slice !== nal.idr) return false;
      }
      return true;
    } catch (error) {
      if (error instanceof FormatError) return false;
      throw error;
    }
  });

async function inspectAvc(file: FileHandle, trak: Uint8Array, config: AvcConfiguration): Promise<CopiedAvc> {
  const { profileIdc, levelIdc, sequenceParameterSets, pictureParameterSets, lengthBytes } = config;
  const known = [...sequenceParameterSets, ...pictureParameterSets].map(withoutTrailingZeros);
  const found = { startsWithIdr: true, hasConstantParameters: true };
  for (const [start, end] of syncSamples(trak)) {
    for await (const unit of firstUnits(file, start, end, lengthBytes)) {
      if (unit.type === nal.sps || unit.type === nal.pps)
        found.hasConstantParameters &&= known.some((set) => isSame(set, withoutTrailingZeros(unit.bytes)));
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
function withoutTrailingZeros(unit: Uint8Array): Uint8Array {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end -= 1;
  return unit.subarray(0, end);
}

const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/**
 * The place in the file of each sample of `stss` (ISO/IEC 14496-12, 8.6.2); without that box, of every
 * sample.
 */
function* syncSamples(trak: Uint8Array): Generator<[number, number]> {
  const stss = findBox(trak, [...sampleTable, 'stss']);
  const numbers = stss ? readSyncSamples(stss) : null;
  let next = 0;
  const isSync = (number: number) => {
    if (!numbers) return true;
    while (next < numbers.length && (numbers[next] ?? 0) < number) next += 1;
    return numbers[next] === number;
  };
  for (const chunk of readClearTrack(trak).chunks)
    for (const [i, [from, to]] of sampleRangesIn(chunk).entries())
      if (isSync(chunk.firstSample + i + 1)) yield [chunk.offset + from, chunk.offset + to];
}
