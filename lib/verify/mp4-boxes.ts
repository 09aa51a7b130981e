import { AppError } from '@/lib/errors';

/** A box of ISO/IEC 14496-12, 4.2: its type and its payload's place in the buffer that was read. */
interface Box {
  type: string;
  payload: Buffer;
}

/** Bytes between the start of a container's payload and the boxes in it. */
const headBytes: Record<string, number> = { stsd: 8, encv: 78, enca: 28 };

/** The boxes that stand one after the other in a buffer. */
export function* boxesIn(buffer: Buffer): Generator<Box> {
  let offset = 0;
  while (offset + 8 <= buffer.length) {
    const sizeBytes = buffer.readUInt32BE(offset);
    if (sizeBytes < 8) return;
    const type = buffer.toString('latin1', offset + 4, offset + 8);
    yield { type, payload: buffer.subarray(offset + 8, offset + sizeBytes) };
    offset += sizeBytes;
  }
}

/** The payload of the first box at a path of types, such as `['moov', 'trak']`; undefined when there is none. */
export function findBox(buffer: Buffer, path: string[]): Buffer | undefined {
  const [type, ...rest] = path;
  for (const box of boxesIn(buffer)) {
    if (box.type !== type) continue;
    if (rest.length === 0) return box.payload;
    const found = findBox(box.payload.subarray(headBytes[box.type] ?? 0), rest);
    if (found) return found;
  }
  return undefined;
}

/** How a track is encrypted (ISO/IEC 23001-7, 8.2). */
export interface TrackEncryption {
  scheme: string;
  kidHex: string;
  /** The bytes of each frame's own initialization vector; 0 where all have the same. */
  ivBytes: number;
  constantIv: Buffer;
  /** Of each `crypt + skip` blocks, the first `crypt` are encrypted; all of them where both are 0. */
  pattern: { crypt: number; skip: number };
}

/**
 * Reads how a track is encrypted from its init segment: `schm` and `tenc`.
 * @throws AppError `verify-failed` when the track is not encrypted
 */
export function readEncryption(init: Buffer): TrackEncryption {
  const entries = findBox(init, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'])?.subarray(headBytes.stsd);
  const info = entries && (findBox(entries, ['encv', 'sinf']) ?? findBox(entries, ['enca', 'sinf']));
  const scheme = info && findBox(info, ['schm']);
  const tenc = info && findBox(info, ['schi', 'tenc']);
  // tenc: version and flags (4), reserved (1), pattern (1), isProtected (1), IV size (1), default_KID (16), and where the
  // size is 0, constant IV size (1) and constant IV
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

/** A segment that an index lists: its size in bytes, and how long it is. */
export interface ListedSegment {
  sizeBytes: number;
  seconds: number;
}

/** The segments that a `sidx` box lists (ISO/IEC 14496-12, 8.16.3), in order; they follow the box. */
export function readSegments(index: Buffer): ListedSegment[] {
  const sidx = findBox(index, ['sidx']);
  if (!sidx) throw new AppError('verify-failed', 'A track was written without its segment index.');
  const timesBytes = sidx[0] === 0 ? 8 : 16;
  // version and flags (4), reference id (4), timescale (4), times, reserved (2), count (2)
  const timescale = sidx.readUInt32BE(8);
  const countAt = 12 + timesBytes + 2;
  const count = sidx.readUInt16BE(countAt);
  return Array.from({ length: count }, (_, i) => {
    const at = countAt + 2 + 12 * i;
    return { sizeBytes: sidx.readUInt32BE(at) & 0x7fffffff, seconds: sidx.readUInt32BE(at + 4) / timescale };
  });
}
