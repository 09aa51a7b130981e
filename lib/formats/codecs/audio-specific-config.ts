import { BitReader } from './avc-parameter-sets';

/** The start of an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
export interface AudioSpecificConfig {
  /** 2 is AAC-LC. */
  objectType: number;
  /** 0: a program config element in the stream describes the channels. */
  channelConfiguration: number;
}

/** @throws RangeError when it ends too early */
export function readAudioSpecificConfig(bytes: Buffer): AudioSpecificConfig {
  const bits = new BitReader(bytes);
  const shortType = bits.read(5);
  const objectType = shortType === 31 ? 32 + bits.read(6) : shortType;
  if (bits.read(4) === 15) bits.read(24); // samplingFrequencyIndex, or the frequency itself
  return { objectType, channelConfiguration: bits.read(4) };
}

/** Tags of descriptors (ISO/IEC 14496-1, 7.2.2.1). */
const tags = { es: 3, decoderConfig: 4, decoderSpecificInfo: 5 };

/**
 * The AudioSpecificConfig in the payload of an `esds` box (ISO/IEC 14496-14, 5.6); null where there is none.
 * @throws RangeError when it ends too early
 */
export function findAudioSpecificConfig(esds: Buffer): Buffer | null {
  const es = findDescriptor(esds.subarray(4), tags.es);
  if (!es) return null;
  const flags = es.readUInt8(2);
  const urlBytes = flags & 0x40 ? 1 + es.readUInt8(3 + (flags & 0x80 ? 2 : 0)) : 0;
  const fieldBytes = 3 + (flags & 0x80 ? 2 : 0) + urlBytes + (flags & 0x20 ? 2 : 0);
  const config = findDescriptor(es.subarray(fieldBytes), tags.decoderConfig);
  return config ? findDescriptor(config.subarray(13), tags.decoderSpecificInfo) : null;
}

/**
 * The content of a descriptor. Its length has seven bits in each byte; the highest bit is set in all but the
 * last.
 */
function findDescriptor(bytes: Buffer, wanted: number): Buffer | null {
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at++);
    let sizeBytes = 0;
    let byte = 0x80;
    while (byte & 0x80) {
      byte = bytes.readUInt8(at++);
      sizeBytes = sizeBytes * 128 + (byte & 0x7f);
    }
    if (tag === wanted) return bytes.subarray(at, at + sizeBytes);
    at += sizeBytes;
  }
  return null;
}
