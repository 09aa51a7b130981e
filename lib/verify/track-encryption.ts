import { AppError } from '@/lib/errors';
import { findBox, headBytes } from '@/lib/formats/mp4/boxes';

/** How a track is encrypted (ISO/IEC 23001-7, 8.2). */
export interface TrackEncryption {
  scheme: string;
  kidHex: string;
  /** The size in bytes of each frame's own initialization vector; 0 where all have the same. */
  ivBytes: number;
  constantIv: Buffer;
  /** In each `crypt + skip` blocks, the first `crypt` are encrypted; all of them where both are 0. */
  pattern: { crypt: number; skip: number };
}

/**
 * Reads the encryption of a track from its init segment: `schm` and `tenc`.
 * @throws AppError `verify-failed` when the track is not encrypted
 */
export function readEncryption(init: Buffer): TrackEncryption {
  const entries = findBox(init, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'])?.subarray(headBytes.stsd);
  const info = entries && (findBox(entries, ['encv', 'sinf']) ?? findBox(entries, ['enca', 'sinf']));
  const scheme = info && findBox(info, ['schm']);
  const tenc = info && findBox(info, ['schi', 'tenc']);
  // tenc: version and flags (4), reserved (1), pattern (1), isProtected (1), IV size (1), default_KID (16),
  // and where the size is 0, constant IV size (1) and constant IV
  if (!scheme || !tenc || tenc[6] !== 1)
    throw new AppError('verify-failed', 'A track was written without encryption.');
  const [pattern = 0, ivBytes = 0] = [tenc[5], tenc[7]];
  return {
    scheme: scheme.toString('latin1', 4, 8),
    kidHex: tenc.toString('hex', 8, 24),
    ivBytes,
    constantIv: ivBytes === 0 ? tenc.subarray(25, 25 + (tenc[24] ?? 0)) : Buffer.alloc(0),
    pattern: { crypt: pattern >> 4, skip: pattern & 0x0f },
  };
}

/** A segment in an index: its size in bytes, its start, and its duration. */
export interface ListedSegment {
  sizeBytes: number;
  startSeconds: number;
  seconds: number;
}

/** The segments in a `sidx` box (ISO/IEC 14496-12, 8.16.3), in order; they follow the box. */
export function readSegments(index: Buffer): ListedSegment[] {
  const sidx = findBox(index, ['sidx']);
  if (!sidx) throw new AppError('verify-failed', 'A track was written without its segment index.');
  const timesBytes = sidx[0] === 0 ? 8 : 16;
  // version and flags (4), reference id (4), timescale (4), earliest time and first offset, reserved (2),
  // count (2)
  const timescale = sidx.readUInt32BE(8);
  let ticks = sidx[0] === 0 ? sidx.readUInt32BE(12) : Number(sidx.readBigUInt64BE(12));
  const countAt = 12 + timesBytes + 2;
  const count = sidx.readUInt16BE(countAt);
  return Array.from({ length: count }, (_, i) => {
    const at = countAt + 2 + 12 * i;
    const [sizeBytes, length] = [sidx.readUInt32BE(at) & 0x7fffffff, sidx.readUInt32BE(at + 4)];
    const startSeconds = ticks / timescale;
    ticks += length;
    return { sizeBytes, startSeconds, seconds: length / timescale };
  });
}
