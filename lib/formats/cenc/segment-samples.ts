import { FormatError } from '../bytes/fields';
import { boxesIn, findBox, findBoxes } from '../mp4/boxes';
import { readTrackFragment } from '../mp4/fragments';
import { type ByteRange, readSampleEncryption, type SampleEncryption } from './sample-encryption';
import type { TrackEncryption } from './track-encryption';

/** A sample of a media segment: its place in the segment, and how it is encrypted; null in the clear. */
export interface SegmentSample extends ByteRange {
  encryption: SampleEncryption | null;
}

/**
 * The samples of a media segment with one track: `moof` (ISO/IEC 14496-12, 8.8) with `senc` (ISO/IEC 23001-7,
 * 7.2). A fragment without `senc` is in the clear, unless the track has a constant initialization vector.
 * @param track how the track is encrypted; null for a track in the clear
 * @throws FormatError when it can't be read
 */
export function segmentSamples(segment: Uint8Array, track: TrackEncryption | null): SegmentSample[] {
  const samples: SegmentSample[] = [];
  for (const { type, start, payload } of boxesIn(segment)) {
    if (type !== 'moof') continue;
    for (const traf of findBoxes(payload, ['traf']))
      addSamples(samples, traf.payload, { start, end: segment.length }, track);
  }
  return samples;
}

/** More than a segment of ten minutes has; samples without bytes would cost nothing to claim. */
const mostSamples = 1_000_000;

/** @param within from the start of the `moof`, where offsets count from, to the end of the segment */
function addSamples(
  into: SegmentSample[],
  traf: Uint8Array,
  within: ByteRange,
  track: TrackEncryption | null,
): void {
  const { samples } = readTrackFragment(traf);
  if (into.length + samples.length > mostSamples) throw new FormatError('A segment has too many samples.');
  const senc = track && findBox(traf, ['senc']);
  const own = senc ? readSampleEncryption(senc, track, samples.length) : [];
  const others = track && !senc && track.ivBytes === 0 ? { iv: track.constantIv, subsamples: null } : null;
  for (const [i, { offset, sizeBytes }] of samples.entries()) {
    const start = within.start + offset;
    const end = start + sizeBytes;
    if (start < 0 || end > within.end) throw new FormatError('A sample is not where its fragment says.');
    into.push({ start, end, encryption: own[i] ?? others });
  }
}
