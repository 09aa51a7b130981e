import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DashTrack } from '@/lib/manifest/read-dash';
import { cutSamples } from '@/lib/verify/cut-samples';
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
  } as DashTrack; // cutSamples reads no other field
  return { file, track, folder };
}

const segment = (name: string, bytes: number) => box('mdat', Buffer.alloc(bytes, name));

describe('samples', () => {
  const [a, b, c] = [segment('a', 100), segment('b', 7), segment('c', 50)];

  it.each<[string, Buffer[], Record<string, Buffer>]>([
    ['the first and the last of three segments', [a, b, c], { 'first-track.mp4': a, 'last-track.mp4': c }],
    ['both of two', [a, b], { 'first-track.mp4': a, 'last-track.mp4': b }],
    ['the only one, once', [b], { 'first-track.mp4': b }],
    ['nothing where there is no segment', [], {}],
  ])('are %s, with the init segment', async (_, segments, expected) => {
    const { file, track, folder } = writeTrack(segments);
    const { files, encryption, ...lengths } = await cutSamples(file, track, folder);
    const seconds = segments.length > 0 ? 4 : 0;
    expect(lengths).toEqual({ firstSeconds: seconds, lastSeconds: seconds });
    expect(encryption).toMatchObject({ scheme: 'cenc', kidHex });
    expect(files).toEqual(Object.keys(expected));
    for (const [name, bytes] of Object.entries(expected))
      expect(readFileSync(path.join(folder, name)).equals(Buffer.concat([init, bytes]))).toBe(true);
  });

  it('of a clear track are refused', async () => {
    const clear = initSegment(box('avc1', Buffer.alloc(78)));
    const { file, track, folder } = writeTrack([a], clear);
    await expect(cutSamples(file, track, folder)).rejects.toMatchObject({ code: 'verify-failed' });
  });

  it('of a file that is not there are none', async () => {
    const { file, track, folder } = writeTrack([a]);
    await expect(cutSamples(`${file}-none`, track, folder)).rejects.toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual(['track.mp4']);
  });
});
