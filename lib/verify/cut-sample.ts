import { open, writeFile } from 'node:fs/promises';
import type { ByteRange, DashTrack } from '@/lib/manifest/read-dash';
import { readEncryption, readSegmentSizes, type TrackEncryption } from './mp4-boxes';

/**
 * Writes a playable sample of a track: its init segment with its first and its last media segment. Tells how the track
 * says that it is encrypted.
 */
export async function cutSample(
  trackFile: string,
  track: DashTrack,
  sampleFile: string,
): Promise<TrackEncryption> {
  const file = await open(trackFile, 'r');
  try {
    const read = async ({ start, end }: ByteRange) => {
      const bytes = Buffer.alloc(end - start + 1);
      await file.read(bytes, 0, bytes.length, start);
      return bytes;
    };
    const init = await read(track.init);
    const segments = segmentRanges(await read(track.index), track.index.end + 1);
    const ends = segments.length > 1 ? [segments[0], segments.at(-1)] : segments;
    const parts = await Promise.all(ends.filter((range) => range !== undefined).map(read));
    await writeFile(sampleFile, Buffer.concat([init, ...parts]));
    return readEncryption(init);
  } finally {
    await file.close();
  }
}

function segmentRanges(index: Buffer, firstByte: number): ByteRange[] {
  let start = firstByte;
  return readSegmentSizes(index).map((sizeBytes) => {
    const range = { start, end: start + sizeBytes - 1 };
    start += sizeBytes;
    return range;
  });
}
