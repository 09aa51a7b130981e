import { BitReader } from '../bytes/bits';
import { Fields } from '../bytes/fields';

/** The start of an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
export interface AudioSpecificConfig {
  /** 2 is AAC-LC. */
  objectType: number;
  /** 0: a program config element in the stream describes the channels. */
  channelConfiguration: number;
}

/** @throws FormatError when it ends too early */
export function readAudioSpecificConfig(bytes: Uint8Array): AudioSpecificConfig {
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
 * @throws FormatError when it ends too early
 */
export function findAudioSpecificConfig(esds: Uint8Array): Uint8Array | null {
  const es = findDescriptor(esds.subarray(4), tags.es);
  if (!es) return null;
  const flags = es.skip(2).u8();
  if (flags & 0x80) es.skip(2); // dependsOn_ES_ID
  if (flags & 0x40) es.skip(es.u8()); // URLstring
  if (flags & 0x20) es.skip(2); // OCR_ES_Id
  const config = findDescriptor(es.rest(), tags.decoderConfig);
  return config && (findDescriptor(config.skip(13).rest(), tags.decoderSpecificInfo)?.rest() ?? null);
}

/**
 * The content of a descriptor. Its length has seven bits in each byte, up to four of them; the highest bit is
 * set in all but the last.
 */
function findDescriptor(bytes: Uint8Array, wanted: number): Fields | null {
  const fields = new Fields(bytes);
  while (fields.left > 0) {
    const tag = fields.u8();
    let sizeBytes = 0;
    for (let byte = 0x80; byte & 0x80; ) {
      byte = fields.u8();
      sizeBytes = sizeBytes * 128 + (byte & 0x7f);
    }
    if (tag === wanted) return new Fields(fields.bytes(Math.min(sizeBytes, fields.left)));
    fields.skip(Math.min(sizeBytes, fields.left));
  }
  return null;
}
