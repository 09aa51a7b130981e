import { describe, expect, it } from 'vitest';
import { SurveyReader } from '@/lib/ffmpeg/parse-survey';
import {
  corrupt,
  corruptKey,
  hidden,
  hiddenKey,
  inter,
  type Packet,
  survey,
} from '@/tests/harness/sample-packets';

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
