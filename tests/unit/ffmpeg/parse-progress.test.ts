import { expect, it } from 'vitest';
import { parseProgress } from '@/lib/ffmpeg/parse-progress';

it.each([
  ['out_time_us=0', 0],
  ['out_time_us=12345678', 12.345678],
  ['out_time_us=36000000000', 36_000],
  ['  out_time_us=500000\r', 0.5],
  ['out_time_us=N/A', null],
  ['out_time_us=-23220', null],
  ['out_time_us=', null],
  ['out_time_ms=12345678', null],
  ['out_time=00:00:12.345678', null],
  ['xout_time_us=1', null],
  ['progress=continue', null],
  ['', null],
])('reads %j as %j', (line, seconds) => {
  expect(parseProgress(line)).toBe(seconds);
});
