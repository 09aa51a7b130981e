import { type Scheme, schemes } from '@/lib/media/scheme';
import { FormatError, hexOf, latin1 } from '../bytes/fields';
import { boxesIn, childBytes, findBox, findBoxes, fullBox } from '../mp4/boxes';

/** How a track is encrypted (ISO/IEC 23001-7, 8.2), as its init segment describes it. */
export interface TrackEncryption {
  scheme: Scheme;
  /** 32 hexadecimal digits. */
  kidHex: string;
  /** The number of bytes of each sample's own initialization vector; 0 if all samples use `constantIv`. */
  ivBytes: number;
  constantIv: Uint8Array;
  /** Of each `crypt + skip` blocks, the first `crypt` are encrypted; all blocks if both are 0. */
  pattern: { crypt: number; skip: number };
}

/** The place of sample entries in a file (ISO/IEC 14496-12, 8.5.2). */
export const sampleEntries = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'] as const;

/** The types of encrypted sample entries (ISO/IEC 14496-12, 8.12). */
export const encryptedTypes = ['encv', 'enca'] as const;

/**
 * Reads `schm` and `tenc` of an init segment of one track; null if the track is in the clear.
 * @throws FormatError for a scheme other than `cenc` and `cbcs`, or if the boxes cannot be read
 */
export function readTrackEncryption(init: Uint8Array): TrackEncryption | null {
  const info = findProtectionInfo(init);
  if (!info) return null;
  const [schm, tenc] = [findBox(info, ['schm']), findBox(info, ['schi', 'tenc'])];
  if (!schm || !tenc) throw new FormatError('An encrypted track does not say how it is encrypted.');
  const type = latin1(fullBox(schm).fields.bytes(4));
  const scheme = schemes.find((one) => one === type);
  if (!scheme) throw new FormatError(`The scheme "${type}" is not known.`);
  return readTenc(tenc, scheme);
}

/** The content of the `sinf` of the first encrypted sample entry. */
function findProtectionInfo(init: Uint8Array): Uint8Array | null {
  for (const stsd of findBoxes(init, sampleEntries))
    for (const entry of boxesIn(childBytes(stsd)))
      if (encryptedTypes.some((type) => type === entry.type))
        for (const { payload } of findBoxes(childBytes(entry), ['sinf'])) return payload;
  return null;
}

/** `tenc`: null where samples are not encrypted by default; version 0 has no pattern. */
function readTenc(tenc: Uint8Array, scheme: Scheme): TrackEncryption | null {
  const { version, fields } = fullBox(tenc);
  const pattern = fields.skip(1).u8();
  const [isProtected, ivBytes] = [fields.u8(), fields.u8()];
  if (isProtected !== 1) return null;
  return {
    scheme,
    kidHex: hexOf(fields.bytes(16)),
    ivBytes,
    constantIv: ivBytes === 0 ? fields.bytes(fields.u8()) : new Uint8Array(),
    pattern: version === 0 ? { crypt: 0, skip: 0 } : { crypt: pattern >> 4, skip: pattern & 0x0f },
  };
}
