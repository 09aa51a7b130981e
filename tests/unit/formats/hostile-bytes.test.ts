import { describe, expect, it } from 'vitest';
import { FormatError } from '@/lib/formats/bytes/fields';
import { clearInit } from '@/lib/formats/cenc/clear-init';
import { protectedRanges } from '@/lib/formats/cenc/sample-encryption';
import { segmentSamples } from '@/lib/formats/cenc/segment-samples';
import { readTrackEncryption } from '@/lib/formats/cenc/track-encryption';
import { findAudioSpecificConfig, readAudioSpecificConfig } from '@/lib/formats/codecs/audio-specific-config';
import { isFrameCodedOnly, readAvcConfiguration } from '@/lib/formats/codecs/avc-parameter-sets';
import { readClearTrack, requiredBox } from '@/lib/formats/mp4/clear-track';
import { readSegmentIndex } from '@/lib/formats/mp4/fragments';
import { retimeMoov } from '@/lib/formats/mp4-files/retime-track';
import { box, segmentIndex } from '@/tests/harness/sample-boxes';
import { sampleFragment } from '@/tests/harness/sample-fragment';
import { seededRandom } from '@/tests/harness/seeded-random';

const { init, segment } = sampleFragment({
  scheme: 'cenc',
  ivBytes: 8,
  subsamples: [[[10, 32]], [[5, 16], [3, 0]]], // biome-ignore format: one sample a list
});
const track = readTrackEncryption(init);

const table = (type: string, ...words: number[]) =>
  box(type, '00000000', ...words.map((word) => word.toString(16).padStart(8, '0')));
/** The payload of a `moov` of four samples in two chunks. */
const moov = Buffer.concat([
  table('mvhd', 0, 0, 1000, 160),
  box(
    'trak',
    table('tkhd', 0, 0, 1, 0, 160),
    box('edts', table('elst', 1, 160, 0, 0x10000)),
    box(
      'mdia',
      table('mdhd', 0, 0, 90_000, 14_400, 0),
      box('hdlr', '0000000000000000', Buffer.from('vide')),
      box(
        'minf',
        box(
          'stbl',
          box('stsd', '0000000000000001', box('avc1', Buffer.alloc(78), box('avcC', '0164000cff'))),
          table('stts', 1, 4, 3600),
          table('ctts', 2, 1, 0, 3, 3600),
          table('stsz', 0, 4, 50, 60, 70, 80),
          table('stsc', 1, 1, 2, 1),
          table('stco', 2, 48, 200),
        ),
      ),
    ),
  ),
]);
const avcC = Buffer.from('0164400cffe10019674d400ceca0a0cfcf80880000030008000003019078a14cb0010004', 'hex');
const avcConfiguration = Buffer.concat([avcC, Buffer.from('68ebe3cb', 'hex')]);
const esds = Buffer.from('00000000031900010004116b150000000001f4000001f40005021190060102', 'hex');

const readers: [string, Buffer, (bytes: Buffer) => unknown][] = [
  ['an init segment', init, (bytes) => [readTrackEncryption(bytes), clearInit(bytes)]],
  [
    'a media segment',
    segment,
    (bytes) =>
      segmentSamples(bytes, track).map((one) => protectedRanges(one, one.encryption?.subsamples ?? null)),
  ],
  ['sample tables', moov, (bytes) => readClearTrack(requiredBox(bytes, ['trak']))],
  ['times', moov, (bytes) => retimeMoov(bytes, { startsAtZero: true, endSeconds: 1 })],
  ['a segment index', segmentIndex(1, [9, 8, 7]), (bytes) => readSegmentIndex(requiredBox(bytes, ['sidx']))],
  ['a decoder configuration', avcConfiguration, (bytes) => readSets(bytes)],
  [
    'an audio configuration',
    esds,
    (bytes) => readAudioSpecificConfig(findAudioSpecificConfig(bytes) ?? bytes),
  ],
];
const readSets = (bytes: Buffer) =>
  readAvcConfiguration(bytes).sequenceParameterSets.map((set) => isFrameCodedOnly(set));

/** Flips bits, sets whole fields to extremes, or cuts the end off; the seed decides where. */
function damaged(bytes: Buffer, seed: number): Buffer {
  const random = seededRandom(seed);
  const changed = Buffer.from(bytes);
  for (let i = 0; i <= random() * 4; i++) {
    const at = Math.floor(random() * (changed.length - 4));
    if (random() < 0.5) changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    else changed.writeUInt32BE([0, 1, 7, 0x7fffffff, 0xffffffff][Math.floor(random() * 5)] ?? 0, at);
  }
  return random() < 0.2 ? changed.subarray(0, Math.floor(random() * changed.length)) : changed;
}

describe.each(readers)('%s', (_, bytes, read) => {
  it('is read', () => {
    expect(read(bytes)).toBeTruthy();
  });

  it('is read or refused with a FormatError, wherever it is damaged', () => {
    let refused = 0;
    for (let seed = 1; seed <= 3000; seed++) {
      try {
        read(damaged(bytes, seed));
      } catch (error) {
        if (!(error instanceof FormatError)) throw new Error(`Seed ${seed}`, { cause: error });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});
