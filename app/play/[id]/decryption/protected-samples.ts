import { type Box, type ByteRange, findBoxes, viewOf } from './boxes';
import type { TrackProtection } from './track-protection';

/** An encrypted sample of a media segment. */
export interface ProtectedSample {
  /** As in the segment, 8 or 16 bytes. */
  iv: Uint8Array;
  /** The encrypted byte ranges in the segment, according to the subsamples; empty ranges are left out. */
  ranges: ByteRange[];
}

/**
 * The encrypted samples of a media segment with one track: `moof` (ISO/IEC 14496-12, 8.8) with `senc`
 * (ISO/IEC 23001-7, 7.2). A fragment without `senc` is in the clear, unless the track has a constant
 * initialization vector.
 * @throws RangeError where the segment cannot be read
 */
export function protectedSamples(segment: Uint8Array, protection: TrackProtection): ProtectedSample[] {
  return findBoxes(segment, ['moof']).flatMap((moof) =>
    findBoxes(segment, ['traf'], moof).flatMap((traf) => samplesOf(segment, moof, traf, protection)),
  );
}

function samplesOf(
  segment: Uint8Array,
  moof: Box,
  traf: Box,
  protection: TrackProtection,
): ProtectedSample[] {
  const places = samplePlaces(segment, moof, traf);
  const [senc] = findBoxes(segment, ['senc'], traf);
  if (!senc) {
    if (protection.ivBytes > 0) return [];
    return places.map((place) => ({ iv: protection.constantIv, ranges: [place] }));
  }
  return readSenc(segment, senc, places, protection);
}

/**
 * The byte ranges of samples: `tfhd` (ISO/IEC 14496-12, 8.8.7) has the default size, `trun` (8.8.8)
 * everything else. Offsets count from the `moof`, as MSE requires (default-base-is-moof).
 */
function samplePlaces(segment: Uint8Array, moof: Box, traf: Box): ByteRange[] {
  const view = viewOf(segment);
  const [tfhd] = findBoxes(segment, ['tfhd'], traf);
  const defaultBytes = tfhd ? defaultSampleBytes(view, tfhd) : 0;
  const places: ByteRange[] = [];
  let start = moof.end + 8;
  for (const trun of findBoxes(segment, ['trun'], traf)) {
    const flags = view.getUint32(trun.contentStart) & 0xffffff;
    const count = view.getUint32(trun.contentStart + 4);
    let at = trun.contentStart + 8;
    if (flags & 0x1) start = moof.start + view.getInt32(at);
    at += (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
    const before = flags & 0x100 ? 4 : 0;
    const each = before + (flags & 0x200 ? 4 : 0) + (flags & 0x400 ? 4 : 0) + (flags & 0x800 ? 4 : 0);
    for (let i = 0; i < count; i++, at += each) {
      const end = start + (flags & 0x200 ? view.getUint32(at + before) : defaultBytes);
      if (end > segment.length) throw new RangeError('A sample is not where its fragment says.');
      places.push({ start, end });
      start = end;
    }
  }
  return places;
}

function defaultSampleBytes(view: DataView, { contentStart }: Box): number {
  const flags = view.getUint32(contentStart) & 0xffffff;
  if (!(flags & 0x10)) return 0;
  return view.getUint32(
    contentStart + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0) + (flags & 0x8 ? 4 : 0),
  );
}

function readSenc(
  segment: Uint8Array,
  senc: Box,
  places: ByteRange[],
  { ivBytes, constantIv }: TrackProtection,
): ProtectedSample[] {
  const view = viewOf(segment);
  const hasSubsamples = (view.getUint32(senc.contentStart) & 0x2) !== 0;
  const count = view.getUint32(senc.contentStart + 4);
  if (count > places.length)
    throw new RangeError('A fragment describes the encryption of more samples than it has.');
  let at = senc.contentStart + 8;
  return places.slice(0, count).map((place) => {
    const iv = ivBytes > 0 ? new Uint8Array(segment.subarray(at, at + ivBytes)) : constantIv;
    at += ivBytes;
    if (!hasSubsamples) return { iv, ranges: [place] };
    const ranges: ByteRange[] = [];
    let sampleAt = place.start;
    const subsamples = view.getUint16(at);
    at += 2;
    for (let i = 0; i < subsamples; i++, at += 6) {
      const start = sampleAt + view.getUint16(at);
      sampleAt = start + view.getUint32(at + 2);
      if (sampleAt > start) ranges.push({ start, end: sampleAt });
    }
    if (sampleAt > place.end) throw new RangeError('The subsamples of a sample are longer than it is.');
    return { iv, ranges };
  });
}
