import { AppError } from '@/lib/errors';

/** A box of ISO/IEC 14496-12, 4.2: its type and its payload's place in the buffer that was read. */
interface Box {
  type: string;
  payload: Buffer;
}

/** Bytes between the start of a container's payload and the boxes in it. */
const headBytes: Record<string, number> = { stsd: 8, encv: 78, enca: 28 };

function* boxesIn(buffer: Buffer): Generator<Box> {
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
function findBox(buffer: Buffer, path: string[]): Buffer | undefined {
  const [type, ...rest] = path;
  for (const box of boxesIn(buffer)) {
    if (box.type !== type) continue;
    if (rest.length === 0) return box.payload;
    const found = findBox(box.payload.subarray(headBytes[box.type] ?? 0), rest);
    if (found) return found;
  }
  return undefined;
}

export interface TrackEncryption {
  scheme: string;
  kidHex: string;
}

/**
 * Reads how a track is encrypted from its init segment: `schm` and `tenc` (ISO/IEC 23001-7, 8.2).
 * @throws AppError `verify-failed` when the track is not encrypted
 */
export function readEncryption(init: Buffer): TrackEncryption {
  const entries = findBox(init, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'])?.subarray(headBytes.stsd);
  const info = entries && (findBox(entries, ['encv', 'sinf']) ?? findBox(entries, ['enca', 'sinf']));
  const scheme = info && findBox(info, ['schm']);
  const tenc = info && findBox(info, ['schi', 'tenc']);
  // tenc: version and flags (4), reserved (1), pattern (1), isProtected (1), IV size (1), default_KID (16)
  if (!scheme || !tenc || tenc[6] !== 1)
    throw new AppError('verify-failed', 'A track was written without encryption.');
  return { scheme: scheme.toString('latin1', 4, 8), kidHex: tenc.toString('hex', 8, 24) };
}

/**
 * The size of each segment that a `sidx` box lists, in bytes (ISO/IEC 14496-12, 8.16.3), in order; they follow the box.
 */
export function readSegmentSizes(index: Buffer): number[] {
  const sidx = findBox(index, ['sidx']);
  if (!sidx) throw new AppError('verify-failed', 'A track was written without its segment index.');
  const timesBytes = sidx[0] === 0 ? 8 : 16;
  // version and flags (4), reference id (4), timescale (4), times, reserved (2), count (2)
  const countAt = 12 + timesBytes + 2;
  const count = sidx.readUInt16BE(countAt);
  return Array.from({ length: count }, (_, i) => sidx.readUInt32BE(countAt + 2 + 12 * i) & 0x7fffffff);
}
