import { describe, expect, it } from 'vitest';
import { averageFrameRate, holdsFrames } from '@/lib/media/source-survey';
import { sampleVideoSurvey } from '@/tests/harness/sample-survey';

const steady = (count: number, every: number, from = 0) =>
  Array.from({ length: count }, (_, i) => from + i * every);

describe('the average frame rate', () => {
  it.each<[string, number[], number | null]>([
    ['25 a second', steady(100, 0.04), 25],
    ['of a movie', steady(100, 1001 / 24_000), 23.976],
    ['from a late start on', steady(100, 0.04, 3), 25],
    ['a slide every two seconds', [0, 2, 4], 0.5],
    ['of a rate that varies', [0, 0.02, 0.1], 20],
    ['of one frame is unknown', [0], null],
    ['of no frames is unknown', [], null],
    ['of frames at one time is unknown', [1, 1], null],
  ])('%s', (_, framesSeconds, expected) => {
    const rate = averageFrameRate(sampleVideoSurvey({ framesSeconds }));
    if (expected === null) expect(rate).toBeNull();
    else expect(rate).toBeCloseTo(expected, 3);
  });

  it('is unknown where the container times only some frames', () => {
    const survey = sampleVideoSurvey({ framesSeconds: steady(10, 0.16), untimedPackets: 30 });
    expect(averageFrameRate(survey)).toBeNull();
  });
});

describe('frames that are held', () => {
  it.each<[boolean, string, number[], number]>([
    [false, 'a steady rate', steady(100, 0.04), 4],
    [false, 'the jitter of a phone', [0, 0.033, 0.09, 0.1, 0.133, 0.166], 0.2],
    [false, 'a steady slide show, in which no slide is held for longer than the others', steady(10, 2), 20],
    [false, 'one frame', [0], 3],
    [true, 'a pause in a recording', [...steady(50, 0.04), ...steady(50, 0.04, 4)], 6],
    [true, 'the last frame', steady(100, 0.04), 9],
    [true, 'slides among moving frames', [0, 0.04, 0.08, 0.12, 5.12], 10.12],
  ])('%s: %s', (expected, _, framesSeconds, endSeconds) => {
    expect(holdsFrames(sampleVideoSurvey({ framesSeconds, endSeconds }))).toBe(expected);
  });
});
