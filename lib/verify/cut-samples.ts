import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ByteRange, DashTrack } from '@/lib/manifest/read-dash';
import { readEncryption, readSegments, type TrackEncryption } from './mp4-boxes';

/** What was cut of a track. */
export interface Samples {
  /** In the order of their place in the track. */
  files: string[];
  /** How long the first and the last segment are. */
  firstSeconds: number;
  lastSeconds: number;
  /** How the track says that it is encrypted. */
  encryption: TrackEncryption;
}

/**
 * Writes playable samples of a track into `folder`: its first and its last media segment, each with the init segment. In
 * one file, FFmpeg would decrypt the one as if it were the other.
 */
export async function cutSamples(trackFile: string, track: DashTrack, folder: string): Promise<Samples> {
  const file = await open(trackFile, 'r');
  try {
    const read = async ({ start, end }: ByteRange) => {
      const bytes = Buffer.alloc(end - start + 1);
      await file.read(bytes, 0, bytes.length, start);
      return bytes;
    };
    const init = await read(track.init);
    const segments = segmentRanges(await read(track.index), track.index.end + 1);
    const [firstSeconds, lastSeconds] = [segments[0]?.seconds ?? 0, segments.at(-1)?.seconds ?? 0];
    const ends = segments.length > 1 ? [segments[0], segments.at(-1)] : segments;
    const files: string[] = [];
    for (const range of ends) {
      if (!range) continue;
      const name = `${files.length === 0 ? 'first' : 'last'}-${path.basename(trackFile)}`;
      await writeFile(path.join(folder, name), Buffer.concat([init, await read(range)]));
      files.push(name);
    }
    return { files, firstSeconds, lastSeconds, encryption: readEncryption(init) };
  } finally {
    await file.close();
  }
}

function segmentRanges(index: Buffer, firstByte: number): (ByteRange & { seconds: number })[] {
  let start = firstByte;
  return readSegments(index).map(({ sizeBytes, seconds }) => {
    const range = { start, end: start + sizeBytes - 1, seconds };
    start += sizeBytes;
    return range;
  });
}
