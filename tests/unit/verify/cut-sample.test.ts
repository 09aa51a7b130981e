import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DashTrack } from '@/lib/manifest/read-dash';
import { cutSample } from '@/lib/verify/cut-sample';
import { box, encryptedEntry, initSegment, segmentIndex } from '@/tests/support/sample-boxes';
import { tempFolder } from '@/tests/support/temp-folder';

const kidHex = 'a7e61c373e219033c21091fa607bf3b8';
const init = initSegment(encryptedEntry({ kidHex }));

/** A track's file with these segments, and what a manifest says of it. */
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
  } as DashTrack; // cutSample reads no other field
  return { file, track, sample: path.join(folder, 'sample.mp4') };
}

const segment = (name: string, bytes: number) => box('mdat', Buffer.alloc(bytes, name));

describe('a sample', () => {
  const [a, b, c] = [segment('a', 100), segment('b', 7), segment('c', 50)];

  it.each<[string, Buffer[], Buffer[]]>([
    ['the first and the last of three segments', [a, b, c], [a, c]],
    ['both of two', [a, b], [a, b]],
    ['the only one, once', [b], [b]],
    ['no segment where there is none', [], []],
  ])('has the init segment and %s', async (_, segments, expected) => {
    const { file, track, sample } = writeTrack(segments);
    expect(await cutSample(file, track, sample)).toEqual({ scheme: 'cenc', kidHex });
    expect(readFileSync(sample).equals(Buffer.concat([init, ...expected]))).toBe(true);
  });

  it('of a clear track is refused', async () => {
    const clear = initSegment(box('avc1', Buffer.alloc(78)));
    const { file, track, sample } = writeTrack([a], clear);
    await expect(cutSample(file, track, sample)).rejects.toMatchObject({ code: 'verify-failed' });
  });

  it('of a file that is not there is none', async () => {
    const { file, track, sample } = writeTrack([a]);
    await expect(cutSample(`${file}-none`, track, sample)).rejects.toThrow('ENOENT');
    expect(existsSync(sample)).toBe(false);
  });
});
