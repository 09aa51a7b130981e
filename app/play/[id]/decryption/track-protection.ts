import { type Box, boxesOf, findBoxes, viewOf } from './boxes';

/** How a track is encrypted (ISO/IEC 23001-7, 8.2), as its init segment describes it. */
export interface TrackProtection {
  scheme: 'cenc' | 'cbcs';
  /** 32 hexadecimal digits. */
  kidHex: string;
  /** The number of bytes of each sample's own initialization vector; 0 if all samples use `constantIv`. */
  ivBytes: number;
  constantIv: Uint8Array;
  /** Of each `crypt + skip` blocks, the first `crypt` are encrypted; all blocks if both are 0. */
  pattern: { crypt: number; skip: number };
}

/** An encrypted sample entry, with the boxes that describe its protection. */
export interface ProtectedEntry {
  entry: Box;
  info: Box;
  /** The original type of the entry, such as `avc1`. */
  clearType: string;
}

const pathToEntries = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];

/** The sample entries of type `encv` and `enca` of an init segment. */
export function protectedEntries(init: Uint8Array): ProtectedEntry[] {
  return findBoxes(init, pathToEntries).flatMap((stsd) =>
    [...boxesOf(init, stsd)].flatMap((entry) => {
      if (entry.type !== 'encv' && entry.type !== 'enca') return [];
      const [info] = findBoxes(init, ['sinf'], entry);
      const [format] = info ? findBoxes(init, ['frma'], info) : [];
      if (!info || !format) return [];
      const clearType = String.fromCharCode(...init.subarray(format.contentStart, format.contentStart + 4));
      return [{ entry, info, clearType }];
    }),
  );
}

/**
 * Reads `schm` and `tenc` of an init segment of one track; null if the track is in the clear.
 * @throws RangeError for a scheme other than `cenc` and `cbcs`, or if the boxes cannot be read
 */
export function readProtection(init: Uint8Array): TrackProtection | null {
  const [entry] = protectedEntries(init);
  if (!entry) return null;
  const [schm] = findBoxes(init, ['schm'], entry.info);
  const [tenc] = findBoxes(init, ['schi', 'tenc'], entry.info);
  if (!schm || !tenc) throw new RangeError('An encrypted track does not say how it is encrypted.');
  const scheme = String.fromCharCode(...init.subarray(schm.contentStart + 4, schm.contentStart + 8));
  if (scheme !== 'cenc' && scheme !== 'cbcs') throw new RangeError(`The scheme "${scheme}" is not known.`);
  return { scheme, ...readTrackEncryption(init.subarray(tenc.contentStart, tenc.end)) };
}

/**
 * `tenc`: version and flags (4), reserved (1), pattern (1), isProtected (1), IV size (1), default_KID (16);
 * if the IV size is 0, also constant IV size (1) and constant IV.
 */
function readTrackEncryption(tenc: Uint8Array): Omit<TrackProtection, 'scheme'> {
  const view = viewOf(tenc);
  const [version, pattern, ivBytes] = [view.getUint8(0), view.getUint8(5), view.getUint8(7)];
  return {
    kidHex: hexOf(tenc.subarray(8, 24)),
    ivBytes,
    constantIv: ivBytes === 0 ? new Uint8Array(tenc.subarray(25, 25 + view.getUint8(24))) : new Uint8Array(),
    pattern: version === 0 ? { crypt: 0, skip: 0 } : { crypt: pattern >> 4, skip: pattern & 0x0f },
  };
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
