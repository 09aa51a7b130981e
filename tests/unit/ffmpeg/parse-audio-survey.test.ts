import { describe, expect, it } from 'vitest';
import { corruptKey, hiddenKey, type Packet, survey } from '@/tests/harness/sample-packets';

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
