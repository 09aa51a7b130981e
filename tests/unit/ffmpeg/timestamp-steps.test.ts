import { expect, it } from 'vitest';
import { discontinuityOf, TimestampSteps } from '@/lib/ffmpeg/timestamp-steps';

/** A packet every 0.04 s from one time to another. */
const run = (from: number, to: number): number[] =>
  Array.from({ length: Math.round((to - from) / 0.04) }, (_, i) => from + i * 0.04);

function stream(...parts: number[][]): TimestampSteps {
  const steps = new TimestampSteps();
  for (const seconds of parts.flat()) steps.add(seconds);
  return steps;
}

const whole = () => stream(run(0, 60));
/** Halfway between no pause and a step, to a frame. */
const half = (seconds: number) => expect.closeTo(seconds / 2, 1);

it.each<[string, TimestampSteps[], unknown]>([
  ['no streams', [], null],
  ['one packet', [stream([5])], null],
  ['one time base', [whole(), whole()], null],
  ['display order within a few frames', [stream([0, 0.12, 0.04, 0.08])], null],
  ['a step back of both streams', [stream(run(0, 6), run(0, 4)), stream(run(0, 6), run(0, 4))], half(6)],
  [
    'a step back of one, where the other ended before',
    [stream(run(0, 6), run(0, 4)), stream(run(0, 6))],
    half(6),
  ],
  ['the shortest of two', [stream(run(0, 6), run(0, 4), run(0, 3))], half(4)],
  [
    'a step ahead of all streams',
    [stream(run(0, 5), run(3600, 3605)), stream(run(0, 5), run(3600, 3605))],
    half(3595),
  ],
  ['a step ahead of the only stream', [stream(run(0, 5), run(30, 40))], half(25)],
  ['a lost signal of some seconds', [stream(run(0, 5), run(9, 20)), stream(run(0, 5), run(9, 20))], null],
  ['audio that pauses', [whole(), stream(run(0, 10), run(25, 60))], null],
  ['audio that begins late or ends early', [whole(), stream(run(20, 60)), stream(run(0, 20))], null],
  ['a slide show', [stream([0, 15, 30, 45, 60])], null],
  ['a slide show beside audio', [whole(), stream([0, 15, 30, 45])], null],
  ['one packet far ahead', [whole(), stream(run(0, 10), [500], run(10, 60))], half(490)],
  [
    'a pause of 2 s, and a step back by 6: between both',
    [stream(run(0, 6), run(0, 8)), stream(run(0, 2), run(4, 6), run(0, 8))],
    expect.closeTo(4, 1),
  ],
])('%s', (_, streams, expected) => {
  expect(discontinuityOf(streams)).toEqual(expected);
});
