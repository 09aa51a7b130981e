import { AppError } from '@/lib/errors';
import type { Subsample } from '@/lib/formats/cenc/subsample';
import { boxesIn, findBox } from '@/lib/formats/mp4/boxes';
import type { TrackEncryption } from './track-encryption';

/** A frame of a fragmented track as it is stored. */
export interface EncryptedFrame {
  bytes: Buffer;
  iv: Buffer;
  /** Null where the whole frame is protected. */
  subsamples: Subsample[] | null;
}

/**
 * Reads the frames of a media segment with one track: `moof` and `mdat` (ISO/IEC 14496-12, 8.8), `senc`
 * (ISO/IEC 23001-7, 7.2). Without `encryption`, the track is in the clear.
 * @throws AppError `verify-failed` when it can't be read
 */
export function readFrames(segment: Buffer, encryption: TrackEncryption | null): EncryptedFrame[] {
  const frames: EncryptedFrame[] = [];
  let offset = 0;
  try {
    for (const { type, payload } of boxesIn(segment)) {
      if (type === 'moof') frames.push(...framesOf(payload, segment.subarray(offset), encryption));
      offset += payload.length + 8;
    }
  } catch (cause) {
    throw new AppError('verify-failed', 'A segment of a track cannot be read.', { cause });
  }
  return frames;
}

/** `fromMoof` begins where the fragment's own offsets are counted from. */
function framesOf(moof: Buffer, fromMoof: Buffer, encryption: TrackEncryption | null): EncryptedFrame[] {
  const traf = findBox(moof, ['traf']) ?? Buffer.alloc(0);
  const places = framePlaces(traf);
  const senc = findBox(traf, ['senc']);
  const protections = senc && encryption ? readSenc(senc, encryption) : [];
  const iv = encryption?.constantIv ?? Buffer.alloc(0);
  return places.map(({ start, sizeBytes }, i) => {
    const bytes = fromMoof.subarray(start, start + sizeBytes);
    if (bytes.length !== sizeBytes) throw new RangeError('A frame is not where its fragment says.');
    return { bytes, ...(protections[i] ?? { iv, subsamples: null }) };
  });
}

/** From `tfhd` and `trun` (ISO/IEC 14496-12, 8.8.7 and 8.8.8): flags name their optional fields. */
function framePlaces(traf: Buffer): { start: number; sizeBytes: number }[] {
  const defaultBytes = readDefaultBytes(findBox(traf, ['tfhd']) ?? Buffer.alloc(0));
  const places: { start: number; sizeBytes: number }[] = [];
  let start = 0;
  for (const { type, payload } of boxesIn(traf)) {
    if (type !== 'trun') continue;
    const flags = payload.readUIntBE(1, 3);
    const count = payload.readUInt32BE(4);
    let at = 8;
    if (flags & 0x1) start = payload.readInt32BE(at);
    at += (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
    const before = flags & 0x100 ? 4 : 0;
    const each = before + (flags & 0x200 ? 4 : 0) + (flags & 0x400 ? 4 : 0) + (flags & 0x800 ? 4 : 0);
    for (let i = 0; i < count; i++, at += each) {
      const sizeBytes = flags & 0x200 ? payload.readUInt32BE(at + before) : defaultBytes;
      places.push({ start, sizeBytes });
      start += sizeBytes;
    }
  }
  return places;
}

function readDefaultBytes(tfhd: Buffer): number {
  const flags = tfhd.readUIntBE(1, 3);
  if (!(flags & 0x10)) return 0;
  return tfhd.readUInt32BE(8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0) + (flags & 0x8 ? 4 : 0));
}

function readSenc(senc: Buffer, { ivBytes, constantIv }: TrackEncryption): Omit<EncryptedFrame, 'bytes'>[] {
  const hasSubsamples = (senc.readUIntBE(1, 3) & 0x2) !== 0;
  let at = 8;
  return Array.from({ length: senc.readUInt32BE(4) }, () => {
    const iv = ivBytes > 0 ? senc.subarray(at, at + ivBytes) : constantIv;
    at += ivBytes;
    if (!hasSubsamples) return { iv, subsamples: null };
    const count = senc.readUInt16BE(at);
    at += 2;
    const subsamples = Array.from({ length: count }, (_, i) => ({
      clearBytes: senc.readUInt16BE(at + 6 * i),
      protectedBytes: senc.readUInt32BE(at + 6 * i + 2),
    }));
    at += 6 * count;
    return { iv, subsamples };
  });
}
