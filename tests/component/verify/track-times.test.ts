import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrackTimes } from '@/lib/verify/track-times';
import { box } from '@/tests/harness/sample-boxes';
import { tempFolder } from '@/tests/harness/temp-folder';

const word = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const wide = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};

interface Track {
  version?: 0 | 1;
  /** Media time at which the presentation begins, in ticks of 1/1000 s. */
  edit?: number;
  /** The default duration of samples in `trex`. */
  defaultTicks?: number;
}

function moov({ version = 0, edit, defaultTicks = 0 }: Track): Buffer {
  const times =
    version === 1 ? [wide(0), wide(0), word(1000), wide(0)] : [word(0), word(0), word(1000), word(0)];
  const mdhd = box('mdhd', `0${version}000000`, ...times, '55c40000');
  const entry = version === 1 ? [wide(0), wide(edit ?? 0)] : [word(0), word(edit ?? 0)];
  const elst = box('elst', `0${version}000000`, word(1), ...entry, '00010000');
  const edts = edit === undefined ? [] : [box('edts', elst)];
  const mvex = box('mvex', box('trex', word(0), word(1), word(1), word(defaultTicks), word(0), word(0)));
  return box('moov', box('trak', ...edts, box('mdia', mdhd)), mvex);
}

/** A fragment whose `trun` has these flags, and one row of fields for each sample. */
function moof(
  firstTicks: Buffer,
  tfhd: Buffer,
  flags: number,
  samples: number[][],
  before: Buffer[] = [],
): Buffer {
  const head = Buffer.from([firstTicks.length === 8 ? 1 : 0, 0, 0, 0]);
  const trunHead = Buffer.from([1, 0, flags >> 8, flags & 255]);
  const fields = samples.flat().map(word);
  const trun = box('trun', trunHead, word(samples.length), ...before, ...fields);
  return box('moof', box('traf', tfhd, box('tfdt', head, firstTicks), trun));
}

const plainTfhd = box('tfhd', '00020000', word(1));
const read = (...boxes: Buffer[]) => {
  const file = path.join(tempFolder(), 'track.mp4');
  writeFileSync(file, Buffer.concat([box('ftyp', '69736f6d'), ...boxes, box('mdat', '00')]));
  return readTrackTimes(file);
};

describe('the times of a fragmented track', () => {
  it.each<[string, Buffer[], number[], number]>([
    [
      'by the durations of its samples',
      [moov({}), moof(word(0), plainTfhd, 0x100, [[40], [60]])],
      [0, 0.04],
      0.1,
    ],
    [
      'by the default duration of the track',
      [moov({ defaultTicks: 40 }), moof(word(0), plainTfhd, 0x200, [[99], [99]])],
      [0, 0.04],
      0.08,
    ],
    [
      'by the default duration of the fragment, after its other fields',
      [
        moov({ defaultTicks: 7 }),
        moof(word(0), box('tfhd', '0000000b', word(1), wide(0), word(1), word(40)), 0, [[], []]),
      ],
      [0, 0.04],
      0.08,
    ],
    [
      'in more than one fragment, with fields before the samples',
      [
        moov({ version: 1 }),
        moof(wide(0), plainTfhd, 0x105, [[40]], [word(8), word(0)]),
        moof(wide(40), plainTfhd, 0x101, [[500]], [word(8)]),
      ],
      [0, 0.04],
      0.54,
    ],
    [
      'with B-frames, whose delay an edit removes',
      // biome-ignore format: a frame a row
      [moov({ edit: 40 }), moof(word(0), plainTfhd, 0x900, [[40, 40], [40, 120], [40, 0], [40, 0]])],
      [0, 0.04, 0.08, 0.12],
      0.16,
    ],
    [
      'with all fields of a sample',
      [moov({ version: 1, edit: 40 }), moof(word(0), plainTfhd, 0xf00, [[40, 9, 9, 40]])],
      [0],
      0.04,
    ],
    [
      'without the samples that an edit removes',
      [moov({ edit: 60 }), moof(word(0), plainTfhd, 0x100, [[40], [40], [40]])],
      [-0.02, 0.02],
      0.06,
    ],
    ['of no fragment', [moov({})], [], 0],
  ])('%s', async (_, boxes, framesSeconds, endSeconds) => {
    const times = await read(...boxes);
    expect(times.framesSeconds).toEqual(framesSeconds.map((time) => expect.closeTo(time, 9)));
    expect(times.endSeconds).toBeCloseTo(endSeconds, 9);
  });

  it.each([
    ['without mdhd', [box('moov', box('trak', box('mdia')))]],
    ['without tfdt', [moov({}), box('moof', box('traf', plainTfhd))]],
    ['that is cut off', [moov({}), moof(word(0), plainTfhd, 0x100, [[40]]).subarray(0, 60)]],
  ])('%s cannot be read', async (_, boxes) => {
    await expect(read(...boxes)).rejects.toMatchObject({ code: 'verify-failed' });
  });
});
