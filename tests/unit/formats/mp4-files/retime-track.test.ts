import { describe, expect, it } from 'vitest';
import { FormatError } from '@/lib/formats/bytes/fields';
import { boxesIn, findBox } from '@/lib/formats/mp4/boxes';
import { type Retiming, retimeMoov } from '@/lib/formats/mp4-files/retime-track';
import { box } from '@/tests/harness/sample-boxes';

type Runs = [count: number, ticks: number][];

interface Sample {
  /** The version of `mvhd`, `tkhd`, `mdhd` and `elst`. */
  version?: 0 | 1;
  /** Length in movie ticks of 1/1000 s, and media time in ticks of 1/90,000 s; -1 is an empty edit. */
  edits?: [length: number, mediaTime: number][];
  deltas?: Runs;
  offsets?: Runs;
}

const wide = (version: 0 | 1, value: number) => {
  const bytes = Buffer.alloc(version === 1 ? 8 : 4);
  if (version === 1) bytes.writeBigInt64BE(BigInt(value));
  else bytes.writeInt32BE(value);
  return bytes;
};
const word = (value: number) => wide(0, value);
const head = (version: 0 | 1) => Buffer.from([version, 0, 0, 0]);
const runsOf = (runs: Runs) => Buffer.concat([word(runs.length), ...runs.flat().map(word)]);

/** The payload of a `moov` box as FFmpeg writes it: ten frames at 25 a second, movie ticks of 1/1000 s. */
function sampleMoov({ version = 0, edits, deltas = [[10, 3600]], offsets }: Sample = {}): Buffer {
  const headTimes = Buffer.concat([wide(version, 7), wide(version, 8)]);
  const mvhd = box('mvhd', head(version), headTimes, word(1000), wide(version, 400), Buffer.alloc(80));
  const tkhd = box('tkhd', head(version), headTimes, word(1), word(0), wide(version, 400), Buffer.alloc(60));
  const mdhd = box('mdhd', head(version), headTimes, word(90_000), wide(version, 36_000), '55c40000');
  const entries = (edits ?? []).map(([length, mediaTime]) =>
    Buffer.concat([wide(version, length), wide(version, mediaTime), word(0x10000)]),
  );
  const edts = edits ? [box('edts', box('elst', head(version), word(edits.length), ...entries))] : [];
  const tables = [
    box('stsd', '0000000000000000'),
    box('stts', head(0), runsOf(deltas)),
    ...(offsets ? [box('ctts', head(0), runsOf(offsets))] : []),
    box('stco', head(0), word(1), word(48)),
  ];
  const minf = box('minf', box('vmhd', Buffer.alloc(12)), box('stbl', ...tables));
  const trak = box('trak', tkhd, ...edts, box('mdia', mdhd, box('hdlr', Buffer.alloc(24)), minf));
  return Buffer.concat([mvhd, trak, box('udta', '00')]);
}

const stbl = ['trak', 'mdia', 'minf', 'stbl'];
const part = (moov: Buffer, ...path: string[]) => findBox(moov, path) ?? Buffer.alloc(0);

/** The durations, edits and deltas in a `moov` box. */
function timesIn(moov: Buffer) {
  const durationOf = (payload: Buffer, [short, long]: [number, number]) =>
    payload[0] === 1 ? Number(payload.readBigUInt64BE(long)) : payload.readUInt32BE(short);
  const elst = part(moov, 'trak', 'edts', 'elst');
  const stts = part(moov, ...stbl, 'stts');
  return {
    movie: durationOf(part(moov, 'mvhd'), [16, 24]),
    track: durationOf(part(moov, 'trak', 'tkhd'), [20, 28]),
    media: durationOf(part(moov, 'trak', 'mdia', 'mdhd'), [16, 24]),
    edits: Array.from({ length: elst.length > 0 ? elst.readUInt32BE(4) : 0 }, (_, i) => [
      Number(elst.readBigUInt64BE(8 + 20 * i)),
      Number(elst.readBigInt64BE(16 + 20 * i)),
    ]),
    deltas: Array.from({ length: stts.readUInt32BE(4) }, (_, i) => [
      stts.readUInt32BE(8 + 8 * i),
      stts.readUInt32BE(12 + 8 * i),
    ]),
  };
}

const retimed = (sample: Sample, change: Partial<Retiming>) => {
  const whole = retimeMoov(sampleMoov(sample), { startsAtZero: true, endSeconds: null, ...change });
  const [moov, ...others] = [...boxesIn(whole)];
  expect([moov?.type, others]).toEqual(['moov', []]);
  return Buffer.from(moov?.payload ?? []);
};

const whole = [[400, 0]];
describe.each([0, 1] as const)('the times of a track, in boxes of version %d', (version) => {
  it.each<[string, Sample, Partial<Retiming>, ReturnType<typeof timesIn>]>([
    [
      'stay without a late start or a held frame',
      { edits: [[400, 0]] },
      {},
      { movie: 400, track: 400, media: 36_000, edits: whole, deltas: [[10, 3600]] },
    ],
    [
      'lose a late start, by which the first frame lasts longer',
      { edits: [[500, -1], [400, 0]] }, // biome-ignore format: one list
      {},
      { movie: 900, track: 900, media: 81_000, edits: [[900, 0]], deltas: [[1, 48_600], [9, 3600]] }, // biome-ignore format: one list
    ],
    [
      'lose a late start in more than one empty edit',
      { edits: [[200, -1], [300, -1], [400, 0]] }, // biome-ignore format: one list
      {},
      { movie: 900, track: 900, media: 81_000, edits: [[900, 0]], deltas: [[1, 48_600], [9, 3600]] }, // biome-ignore format: one list
    ],
    [
      'keep a late start on request',
      { edits: [[500, -1], [400, 0]] }, // biome-ignore format: one list
      { startsAtZero: false },
      { movie: 900, track: 900, media: 36_000, edits: [[500, -1], [400, 0]], deltas: [[10, 3600]] }, // biome-ignore format: one list
    ],
    [
      'hold the last frame until an end',
      { edits: [[400, 0]] },
      { endSeconds: 9 },
      { movie: 9000, track: 9000, media: 810_000, edits: [[9000, 0]], deltas: [[9, 3600], [1, 777_600]] }, // biome-ignore format: one list
    ],
    [
      'lose a late start and hold the last frame',
      { edits: [[500, -1], [400, 0]] }, // biome-ignore format: one list
      { endSeconds: 2 },
      {
        movie: 2000,
        track: 2000,
        media: 180_000,
        edits: [[2000, 0]],
        deltas: [[1, 48_600], [8, 3600], [1, 102_600]], // biome-ignore format: one list
      },
    ],
    [
      'hold the last frame after a late start that stays',
      { edits: [[500, -1], [400, 0]] }, // biome-ignore format: one list
      { startsAtZero: false, endSeconds: 2 },
      { movie: 2000, track: 2000, media: 135_000, edits: [[500, -1], [1500, 0]], deltas: [[9, 3600], [1, 102_600]] }, // biome-ignore format: one list
    ],
    [
      'never become shorter',
      { edits: [[400, 0]] },
      { endSeconds: 0.1 },
      { movie: 400, track: 400, media: 36_000, edits: whole, deltas: [[10, 3600]] },
    ],
    [
      'hold the last displayed frame of B-frames, if it is decoded last',
      { edits: [[400, 7200]], deltas: [[10, 3600]], offsets: [[1, 7200], [1, 14_400], [7, 3600], [1, 7200]] }, // biome-ignore format: one list
      { endSeconds: 1 },
      { movie: 1000, track: 1000, media: 90_000, edits: [[1000, 7200]], deltas: [[9, 3600], [1, 57_600]] }, // biome-ignore format: one list
    ],
    [
      'stay where a B-frame is decoded last, and the last displayed frame ends on time',
      {
        edits: [[400, 7200]],
        offsets: [[8, 7200], [1, 10_800], [1, 3600]], // biome-ignore format: one list
      },
      { endSeconds: 0.4 },
      { movie: 400, track: 400, media: 36_000, edits: [[400, 7200]], deltas: [[10, 3600]] },
    ],
    [
      'stay where the end is later only by the rounding of containers',
      { edits: [[400, 0]] },
      { endSeconds: 0.409 },
      { movie: 400, track: 400, media: 36_000, edits: whole, deltas: [[10, 3600]] },
    ],
    [
      'of a single frame are extended, and lose a late start',
      { edits: [[1000, -1], [40, 0]], deltas: [[1, 3600]] }, // biome-ignore format: one list
      { endSeconds: 3 },
      { movie: 3000, track: 3000, media: 270_000, edits: [[3000, 0]], deltas: [[1, 270_000]] },
    ],
    [
      'without an edit list start at zero',
      {},
      { endSeconds: 0.4 },
      { movie: 400, track: 400, media: 36_000, edits: [], deltas: [[10, 3600]] },
    ],
  ])('%s', (_, sample, change, expected) => {
    expect(timesIn(retimed({ ...sample, version }, change))).toEqual(expected);
  });

  it('are all that changes', () => {
    const sample: Sample = { version, edits: [[500, -1], [400, 0]], offsets: [[10, 0]] }; // biome-ignore format: one list
    const [before, after] = [sampleMoov(sample), retimed(sample, { endSeconds: 2 })];
    for (const type of ['stsd', 'ctts', 'stco'])
      expect(part(after, ...stbl, type), type).toEqual(part(before, ...stbl, type));
    expect(part(after, 'udta')).toEqual(part(before, 'udta'));
    expect(part(after, 'trak', 'mdia', 'hdlr')).toEqual(part(before, 'trak', 'mdia', 'hdlr'));
    const typesOf = (moov: Buffer) => Array.from(boxesIn(part(moov, 'trak')), ({ type }) => type);
    expect(typesOf(after)).toEqual(typesOf(before));
  });
});

it('the times of a track without tables cannot be changed', () => {
  const moov = Buffer.concat([
    box('mvhd', Buffer.alloc(100)),
    box('trak', box('mdia', box('mdhd', Buffer.alloc(24)))),
  ]);
  expect(() => retimeMoov(moov, { startsAtZero: true, endSeconds: null })).toThrow(FormatError);
});
