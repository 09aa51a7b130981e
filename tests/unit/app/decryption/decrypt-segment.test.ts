import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { decryptSegment, importKey } from '@/app/_features/player/decryption/decrypt-segment';
import { FormatError } from '@/lib/formats/bytes/fields';
import { segmentSamples } from '@/lib/formats/cenc/segment-samples';
import { readTrackEncryption, type TrackEncryption } from '@/lib/formats/cenc/track-encryption';
import { decryptFrame } from '@/lib/verify/decrypt-segment';
import { type SampleFragmentOptions, sampleFragment } from '../../../harness/sample-fragment';

/** The subsamples of frames: one of four slices, one whose slices end in partial blocks, and others. */
const slices: [number, number][][] = [
  [
    [120, 1600],
    [9, 16],
    [9, 4000],
    [9, 31],
  ],
  [
    [40, 0],
    [12, 170],
  ],
  [[7, 15]],
  [[100, 0]],
];
const tenth = { crypt: 1, skip: 9 };

const kinds: [string, SampleFragmentOptions][] = [
  ['cenc, 8-byte vectors, slices', { scheme: 'cenc', ivBytes: 8, subsamples: slices }],
  ['cenc, 16-byte vectors, slices', { scheme: 'cenc', ivBytes: 16, subsamples: slices }],
  ['cenc, whole samples', { scheme: 'cenc', ivBytes: 8, subsamples: null, sampleBytes: [371, 16, 5, 4096] }],
  ['cbcs, a constant vector, slices', { scheme: 'cbcs', ivBytes: 0, pattern: tenth, subsamples: slices }],
  ['cbcs, vectors of their own, slices', { scheme: 'cbcs', ivBytes: 16, pattern: tenth, subsamples: slices }],
  ['cbcs, 8-byte vectors', { scheme: 'cbcs', ivBytes: 8, pattern: tenth, subsamples: slices }],
  [
    'cbcs, whole samples of all blocks',
    { scheme: 'cbcs', ivBytes: 0, subsamples: null, sampleBytes: [371, 16, 5, 4096] },
  ],
  [
    'cbcs, a pattern of 1:0 and no senc',
    {
      scheme: 'cbcs',
      ivBytes: 0,
      constantIvBytes: 8,
      pattern: { crypt: 1, skip: 0 },
      subsamples: null,
      sampleBytes: [40],
      hasSenc: false,
    },
  ],
  [
    'cbcs, a pattern of 5:5',
    { scheme: 'cbcs', ivBytes: 0, pattern: { crypt: 5, skip: 5 }, subsamples: slices },
  ],
];

function encryptionOf(init: Uint8Array): TrackEncryption {
  const track = readTrackEncryption(init);
  if (!track) throw new Error('The init segment is encrypted.');
  return track;
}

describe('the player decrypts a segment to the same bytes as the server’s check', () => {
  it.each(kinds)('%s', async (_, options) => {
    const key = randomBytes(16);
    const { init, segment } = sampleFragment(options);
    const track = encryptionOf(init);
    const expected = segmentSamples(segment, track).map(({ start, end, encryption }) => {
      if (!encryption) throw new Error('The sample is encrypted.');
      return Buffer.from(decryptFrame(segment.subarray(start, end), encryption, track, key));
    });
    expect(expected.length).toBeGreaterThan(0);

    const bytes = Uint8Array.from(segment);
    await decryptSegment(bytes, track, await importKey(key.toString('base64url'), track.scheme));

    const frames = segmentSamples(bytes, null).map(({ start, end }) =>
      Buffer.from(bytes.subarray(start, end)),
    );
    expect(frames).toEqual(expected);
    // No byte moves, and no box describes encryption any more.
    expect(bytes.length).toBe(segment.length);
    expect(Buffer.from(bytes).indexOf('senc')).toBe(-1);
  });

  it('makes one WebCrypto call for each cenc sample, and two for a whole cbcs segment', async () => {
    const decrypt = vi.spyOn(crypto.subtle, 'decrypt');
    const encrypt = vi.spyOn(crypto.subtle, 'encrypt');
    const many = Array.from({ length: 100 }, () => slices[0] ?? []);
    for (const [scheme, calls] of [
      ['cenc', 100],
      ['cbcs', 2],
    ] as const) {
      decrypt.mockClear();
      encrypt.mockClear();
      const pattern = scheme === 'cbcs' ? { pattern: tenth } : {};
      const { init, segment } = sampleFragment({
        scheme,
        ivBytes: scheme === 'cenc' ? 8 : 0,
        ...pattern,
        subsamples: many,
      });
      const protection = encryptionOf(init);
      const key = await importKey(randomBytes(16).toString('base64url'), scheme);
      await decryptSegment(Uint8Array.from(segment), protection, key);
      expect(decrypt.mock.calls.length + encrypt.mock.calls.length).toBe(calls);
    }
  });
});

it('refuses a segment that ends before its samples do', async () => {
  const { init, segment } = sampleFragment({ scheme: 'cenc', ivBytes: 8, subsamples: slices });
  const protection = encryptionOf(init);
  const key = await importKey(randomBytes(16).toString('base64url'), 'cenc');
  await expect(decryptSegment(Uint8Array.from(segment.subarray(0, -200)), protection, key)).rejects.toThrow(
    FormatError,
  );
});
