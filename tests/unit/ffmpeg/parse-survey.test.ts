import { describe, expect, it } from 'vitest';
import { SurveyReader } from '@/lib/ffmpeg/parse-survey';

/** The fields of a packet as ffmpeg's framecrc writes them; `more` are flags and side data. */
type Packet = [dts: number, pts: number | 'none', duration: number, more?: string];

/** AV_NOPTS_VALUE */
const noTime = '-9223372036854775808';

function line(output: number, [dts, pts, duration, more = '']: Packet): string {
  const time = pts === 'none' ? noTime : String(pts);
  return `${output}, ${String(dts).padStart(10)}, ${time.padStart(10)}, ${String(duration).padStart(8)},     4877, 0x71e77a8c${more}`;
}

/** The survey of video at index 0 in ticks of 1/100 s, and audio at index 3 in ticks of 1/1000 s or less. */
function survey(video: Packet[], audio: Packet[] = [], audioTicksPerSecond = 1000) {
  const reader = new SurveyReader(0, [0, 3]);
  const head = ['#software: Lavf59.27.100', '#tb 0: 1/100', '#media_type 0: video', '#codec_id 0: h264'];
  const lines = [...video.map((packet) => line(0, packet)), ...audio.map((packet) => line(1, packet))];
  const audioHead = [`#tb 1: 1/${audioTicksPerSecond}`, '#sample_rate 1: 48000'];
  for (const text of [...head, ...audioHead, ...lines]) reader.read(text);
  return reader.survey();
}

const inter = ', F=0x0';
const hidden = ', F=0x4';
const hiddenKey = ', F=0x5';
const corrupt = ', F=0x2';
const corruptKey = ', F=0x3';

describe('packets of video', () => {
  it('are frames; those without flags are keyframes', () => {
    const { video, audios, endSeconds } = survey([
      [0, 0, 4],
      [4, 4, 4, inter],
      [8, 8, 4],
      [12, 12, 4, inter],
    ]);
    expect(video).toEqual({
      framesSeconds: [0, 0.04, 0.08, 0.12],
      keyframesSeconds: [0, 0.08],
      endSeconds: 0.16,
      hiddenPackets: 0,
      hidesLater: false,
      damagedPackets: 0,
      untimedPackets: 0,
      changesParameters: false,
      hasRepeatedTimes: false,
      endsInOrder: true,
      longestGapSeconds: 0,
    });
    expect([audios.size, endSeconds]).toEqual([0, 0.16]);
  });

  it.each([
    [', F=0x0, S=1,       45', true],
    [', F=0x0, S=1, New Extradata,       45, 0x0c6e0135', true],
    [', F=0x0, S=1,        1', false],
  ])('may bring another configuration: %s', (sideData, expected) => {
    const { video } = survey([
      [0, 0, 4],
      [4, 4, 4, sideData],
    ]);
    expect(video?.changesParameters).toBe(expected);
  });

  it('may begin with a configuration, which changes nothing', () => {
    expect(survey([[0, 0, 4, ', S=1,       45']]).video?.changesParameters).toBe(false);
  });

  it('may have other side data, which is ignored', () => {
    const { video } = survey([
      [0, 0, 4, ', S=1,        1'],
      [4, 4, 4, ', F=0x0, S=2,        1, 0x00000005,       10, 0x0c6e0135'],
    ]);
    expect(video).toMatchObject({ framesSeconds: [0, 0.04], keyframesSeconds: [0] });
  });

  it.each<[boolean, string, Packet[]]>([
    [
      false,
      'the configuration that it begins with',
      [
        [0, 0, 4, ', S=1,       45'],
        [4, 4, 4, inter],
      ],
    ],
    [
      false,
      'one byte, the id of a stream in MPEG-TS',
      [
        [0, 0, 4],
        [4, 4, 4, ', F=0x0, S=1,        1'],
      ],
    ],
    [
      true,
      'another configuration later on',
      [
        [0, 0, 4],
        [4, 4, 4, ', S=1,       45'],
      ],
    ],
    [
      true,
      'another configuration, as newer FFmpeg versions write it',
      [
        [0, 0, 4],
        [4, 4, 4, ', S=1, New Extradata,       45, 0x2a320e38'],
      ],
    ],
  ])('change parameters: %s, by %s', (expected, _, packets) => {
    expect(survey(packets).video?.changesParameters).toBe(expected);
  });

  it('are sorted by presentation time', () => {
    const { video } = survey([
      [-8, 0, 4],
      [-4, 12, 4, inter],
      [0, 4, 4, inter],
      [4, 8, 4, inter],
      [8, 16, 4],
    ]);
    expect(video?.framesSeconds).toEqual([0, 0.04, 0.08, 0.12, 0.16]);
    expect(video?.keyframesSeconds).toEqual([0, 0.16]);
    expect(video?.endSeconds).toBeCloseTo(0.2, 9);
    expect(video?.longestGapSeconds).toBeCloseTo(0, 9);
  });

  it('that an edit list hides at the start are counted, but are not frames', () => {
    const { video } = survey([
      [-12, -8, 4, hiddenKey],
      [-8, -4, 4, hidden],
      [-4, 0, 4, inter],
      [0, 4, 4],
    ]);
    expect(video).toMatchObject({ framesSeconds: [0, 0.04], keyframesSeconds: [0.04], hiddenPackets: 2 });
    expect(video?.hidesLater).toBe(false);
  });

  it('that an edit list hides later on are distinguished from those at the start', () => {
    expect(
      survey([
        [0, 0, 4],
        [4, 4, 4, hidden],
        [8, 8, 4],
      ]).video,
    ).toMatchObject({ hiddenPackets: 1, hidesLater: true });
  });

  it('that are cut off or damaged are counted', () => {
    const { video } = survey([
      [0, 0, 4, corruptKey],
      [4, 4, 4, corrupt],
      [8, 8, 4, inter],
    ]);
    expect(video).toMatchObject({ damagedPackets: 2, keyframesSeconds: [0] });
  });

  it('without a time are counted, but are not frames', () => {
    const { video } = survey([
      [0, 0, 4],
      [4, 'none', 4, inter],
    ]);
    expect(video).toMatchObject({ untimedPackets: 1, framesSeconds: [0] });
  });

  it('at the same time count as repeated', () => {
    const twice: Packet[] = [
      [0, 0, 4],
      [4, 0, 4],
    ];
    expect(survey(twice).video?.hasRepeatedTimes).toBe(true);
  });
});

describe('the end of video', () => {
  it.each<[string, Packet[], number]>([
    [
      'is that of the frame displayed last, not of that decoded last',
      [
        [0, 0, 4],
        [4, 12, 4, inter],
        [8, 4, 4, inter],
        [12, 8, 4, inter],
      ],
      0.16,
    ],
    [
      'is one frame interval after the last frame, where its duration is too short',
      [
        [0, 0, 1],
        [4, 4, 1, inter],
        [8, 8, 1, inter],
      ],
      0.12,
    ],
    [
      'is as late as the duration of the last frame says',
      [
        [0, 0, 4],
        [4, 4, 500, inter],
      ],
      5.04,
    ],
    ['is the time of a single frame without a duration', [[0, 0, 0]], 0],
    [
      'is that of the frame decoded last, where none has a time, as in raw H.264',
      [
        [0, 'none', 4],
        [4, 'none', 4, inter],
        [8, 'none', 4, inter],
      ],
      0.12,
    ],
    [
      'is that of the frame decoded last, where only the first has a time',
      [
        [0, 0, 4],
        [4, 'none', 4, inter],
        [8, 'none', 4, inter],
      ],
      0.12,
    ],
  ])('%s', (_, packets, expected) => {
    expect(survey(packets).video?.endSeconds).toBeCloseTo(expected, 9);
  });
});

it.each<[boolean, number[]]>([
  [true, [0, 4, 8]],
  [true, [0, 8, 4, 12]],
  [false, [0, 4, 12, 8]],
])('ends in order: %s, of frames displayed at %j', (expected, times) => {
  const { video } = survey(times.map((pts, i) => [4 * i - 8, pts, 4, i === 0 ? '' : inter]));
  expect(video?.endsInOrder).toBe(expected);
});

describe('the longest gap', () => {
  it.each<[string, Packet[], number]>([
    [
      'is zero where a frame is held until the next one is decoded',
      [
        [0, 0, 4],
        [4, 4, 4, inter],
        [504, 504, 4, inter],
      ],
      0,
    ],
    [
      // The frame at 0.2 s is held until 5.04 s. The frame at 5.04 s is decoded before it, and the next one
      // right after it.
      'is the time that B-frames leave open where a frame is held',
      [
        [-8, 0, 4],
        [-4, 16, 4, inter],
        [0, 4, 4, inter],
        [4, 8, 4, inter],
        [8, 12, 4, inter],
        [12, 504, 4, inter],
        [16, 20, 4, inter],
        [20, 508, 4, inter],
      ],
      4.8,
    ],
  ])('%s', (_, packets, expected) => {
    expect(survey(packets).video?.longestGapSeconds).toBeCloseTo(expected, 9);
  });
});

describe('packets of audio', () => {
  it('have a start and an end', () => {
    const { audios, endSeconds } = survey(
      [[0, 0, 4]],
      [
        [250, 250, 125],
        [375, 375, 125],
      ],
    );
    expect([...audios]).toEqual([
      [
        3,
        {
          packets: 2,
          startSeconds: 0.25,
          endSeconds: 0.5,
          hiddenSeconds: 0,
          damagedPackets: 0,
          longestGapSeconds: 0,
          hasCuts: false,
          overlappingPackets: 0,
          changesParameters: false,
        },
      ],
    ]);
    expect(endSeconds).toBe(0.5);
  });

  it.each<[string, Packet[], object]>([
    ['hidden ones are priming', [[-20, -20, 20, hiddenKey], [0, 0, 20]], { packets: 1, hiddenSeconds: 0.02, startSeconds: 0 }], // biome-ignore format: one case a line
    ['a gap between two', [[0, 0, 20], [520, 520, 20]], { longestGapSeconds: 0.5, endSeconds: 0.54 }], // biome-ignore format: one case a line
    ['two that overlap', [[0, 0, 320], [20, 20, 20]], { longestGapSeconds: 0.3 }], // biome-ignore format: one case a line
    ['one that is cut off', [[0, 0, 20, corruptKey]], { damagedPackets: 1 }], // biome-ignore format: one case a line
    ['one without a time of its own', [[40, 'none', 20]], { startSeconds: 0.04, endSeconds: 0.06 }], // biome-ignore format: one case a line
  ])('%s', (_, packets, expected) => {
    const { audios } = survey([], packets);
    for (const [name, value] of Object.entries(expected))
      expect(audios.get(3)?.[name as 'packets'], name).toBeCloseTo(value, 9);
  });
});

describe('packets of audio that an edit list hides', () => {
  it.each<[boolean, string, Packet[]]>([
    [false, 'before the first that is played', [[-40, -40, 20, hiddenKey], [-20, -20, 20, hiddenKey], [0, 0, 20]]], // biome-ignore format: one case a line
    [true, 'between two that are played', [[0, 0, 20], [20, 20, 20, hiddenKey], [40, 40, 20]]], // biome-ignore format: one case a line
    [false, 'after the last that is played', [[0, 0, 20], [20, 20, 20], [40, 40, 20, hiddenKey]]], // biome-ignore format: one case a line
  ])('are cuts: %s, %s', (expected, _, packets) => {
    expect(survey([], packets).audios.get(3)?.hasCuts).toBe(expected);
  });
});

/** Packets of audio at some times, in ticks. */
const packetsAt = (times: number[], duration: number): Packet[] =>
  times.map((time) => [time, time, duration]);
/** The times of packets that are these steps apart. */
const timesOf = (steps: number[]): number[] => {
  let time = 0;
  return [0, ...steps.map((step) => (time += step))];
};
const repeated = <Item>(count: number, ...items: Item[]): Item[] =>
  Array.from({ length: count }, () => items).flat();

describe('packets of audio overlap', () => {
  it.each<[number, string, number[]]>([
    [0, 'one after another', repeated(20, 1024)],
    [0, 'a clock that jitters by a quarter of a packet', repeated(10, 768, 1280)],
    [20, 'one tick apart', repeated(20, 1)],
    [2, 'times that step back twice', [1024, 1024, -4096, 1024, 1024, -4096, 1024]],
  ])('%d: %s', (expected, _, steps) => {
    const { audios } = survey([], packetsAt(timesOf(steps), 1024), 48_000);
    expect(audios.get(3)?.overlappingPackets).toBe(expected);
  });
});

describe('packets of audio change parameters', () => {
  const changes = (packets: Packet[], ticksPerSecond = 1000) =>
    survey([], packets, ticksPerSecond).audios.get(3)?.changesParameters;

  it.each<[boolean, string, string]>([
    [true, 'a configuration of 5 bytes', ', S=1,        5'],
    [true, 'a configuration of 2 bytes', ', S=1,        2'],
    [
      true,
      'a configuration, as newer FFmpeg versions write it',
      ', S=1, New Extradata,        5, 0x0c6e0135',
    ],
    [false, 'one byte, the id of a stream in MPEG-TS', ', S=1,        1'],
    [false, '10 bytes, the samples to skip', ', S=1,       10'],
    [false, 'one byte and 10 bytes', ', S=2,        1, 0x00000005,       10, 0x0c6e0135'],
  ])('%s: by %s', (expected, _, sideData) => {
    const [first, ...others] = packetsAt(timesOf(repeated(20, 21)), 21);
    const [dts, pts, duration] = others.pop() ?? [0, 0, 0];
    const last: Packet = [dts, pts, duration, sideData];
    expect(changes([...(first ? [first] : []), ...others, last])).toBe(expected);
  });

  it('not by the configuration that they begin with', () => {
    expect(changes([[0, 0, 21, ', S=1,        5'], ...packetsAt([21, 42], 21)])).toBe(false);
  });

  // 1,024 samples at 48 kHz, and at 44.1 kHz.
  const [at48, at44] = [1920, 2090];

  it.each<[boolean, string, Packet[]]>([
    [false, 'by nothing', packetsAt(timesOf(repeated(50, at48)), at48)],
    [
      true,
      'by other steps in half of the stream',
      packetsAt(timesOf([...repeated(25, at48), ...repeated(25, at44)]), at48),
    ],
    [
      true,
      'by other durations in half of the stream',
      packetsAt(timesOf(repeated(50, at48)), at48).map(([dts, pts, duration], i) => [
        dts,
        pts,
        i < 25 ? duration : at44,
      ]),
    ],
    [false, 'by a few other steps', packetsAt(timesOf([...repeated(48, at48), ...repeated(2, at44)]), at48)],
  ])('%s: %s', (expected, _, packets) => {
    expect(changes(packets, 90_000)).toBe(expected);
  });

  it('not by times that are rounded to milliseconds', () => {
    const steps = repeated(20, 21, 22, 21);
    const times = timesOf(steps);
    expect(changes(packetsAt(times, 21))).toBe(false);
    expect(changes(times.map((time, i) => [time, time, steps[i] ?? 21]))).toBe(false);
  });
});

it('counts a stream that jumps in time as ffmpeg does: as long as both parts', () => {
  const part = (from: number): Packet[] =>
    Array.from({ length: 25 }, (_, i) => [from + 4 * i, from + 4 * i, 4, i === 0 ? '' : inter]);
  const { video } = survey([...part(0), ...part(100)]);
  expect(video?.framesSeconds).toHaveLength(50);
  expect([video?.keyframesSeconds, video?.endSeconds]).toEqual([[0, 1], 2]);
});

it('is empty for streams without packets', () => {
  expect(survey([])).toEqual({ video: null, audios: new Map(), endSeconds: 0 });
});

it('skips lines that are not packets', () => {
  const reader = new SurveyReader(null, [1]);
  for (const text of ['', '#tb', 'frame=  1', '0, 1, 2']) reader.read(text);
  expect(reader.survey().endSeconds).toBe(0);
});
