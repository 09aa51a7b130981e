import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findEnds, readSample } from '@/lib/verify/track-ends';
import { box, encryptedEntry, initSegment, segmentIndex } from '@/tests/harness/sample-boxes';
import { tempFolder } from '@/tests/harness/temp-folder';

const kidHex = 'a7e61c373e219033c21091fa607bf3b8';
const init = initSegment(encryptedEntry({ kidHex }));

/** A track's file with these segments, and its byte ranges as a manifest lists them. */
function writeTrack(segments: Buffer[], encrypted = init) {
  const index = segmentIndex(
    0,
    segments.map((segment) => segment.length),
  );
  const folder = tempFolder();
  const file = path.join(folder, 'track.mp4');
  writeFileSync(file, Buffer.concat([encrypted, index, ...segments]));
  const track = {
    init: { start: 0, end: encrypted.length - 1 },
    index: { start: encrypted.length, end: encrypted.length + index.length - 1 },
  };
  return { file, track };
}

const segment = (name: string, bytes: number) => box('mdat', Buffer.alloc(bytes, name));

describe('the ends of a track', () => {
  const [a, b, c] = [segment('a', 100), segment('b', 7), segment('c', 50)];

  it.each<[string, Buffer[], Buffer[]]>([
    ['the first and the last of three segments', [a, b, c], [a, c]],
    ['both of two', [a, b], [a, b]],
    ['the only one, once', [b], [b]],
    ['nothing where there is no segment', [], []],
  ])('are %s, each playable with the init segment', async (_, segments, expected) => {
    const { file, track } = writeTrack(segments);
    const ends = await findEnds(file, track);
    expect(ends.encryption).toMatchObject({ scheme: 'cenc', kidHex });
    expect(ends.segments.map(({ seconds }) => seconds)).toEqual(expected.map(() => 4));
    const samples = await Promise.all(ends.segments.map((one) => readSample(file, ends, one)));
    expect(samples).toEqual(expected.map((bytes) => Buffer.concat([init, bytes])));
  });

  it('are refused for a clear track', async () => {
    const clear = initSegment(box('avc1', Buffer.alloc(78)));
    const { file, track } = writeTrack([a], clear);
    await expect(findEnds(file, track)).rejects.toMatchObject({ code: 'verify-failed' });
  });

  it('are not found in a missing file', async () => {
    const { file, track } = writeTrack([a]);
    await expect(findEnds(`${file}-none`, track)).rejects.toThrow('ENOENT');
  });
});
