import { expect, it } from 'vitest';
import { parseProbe } from '@/lib/ffmpeg/parse-probe';
import { ffprobeJson, rawAudio, rawVideo } from '@/tests/harness/sample-ffprobe';

const subtitle = (disposition: Record<string, number>) => ({
  index: 2,
  codec_name: 'subrip',
  codec_type: 'subtitle',
  start_time: '0.000000',
  duration: '124.000000',
  disposition,
});

it.each([
  [{}, null],
  [{ default: 1, forced: 0 }, null],
  [{ hearing_impaired: 1 }, 'caption'],
  [{ captions: 1 }, 'caption'],
  [{ forced: 1 }, 'forced-subtitle'],
  [{ forced: 1, hearing_impaired: 1 }, 'forced-subtitle'],
])('a text stream with %j is for %s', (disposition, role) => {
  expect(parseProbe(ffprobeJson([subtitle(disposition)])).texts[0]?.role).toBe(role);
});

it('a file lasts as long as its video and audio, whatever its text', () => {
  const streams = [rawVideo({ duration: '12.345' }), rawAudio({ start_time: '0', duration: '12.4' })];
  const long = { start_time: '0', duration: '124.000000' };
  expect(parseProbe(ffprobeJson([...streams, subtitle({})], long)).durationSeconds).toBe(12.4);
  expect(parseProbe(ffprobeJson(streams, { ...long, format_name: 'avi' })).durationSeconds).toBe(124);
});

it('an MP4 lasts as long as its tracks: its header may count what edit lists leave out', () => {
  const streams = [rawVideo({ duration: '12.345' }), rawAudio({ start_time: '0', duration: '12.4' })];
  const long = { start_time: '0', duration: '124.000000' };
  expect(parseProbe(ffprobeJson(streams, long)).durationSeconds).toBe(12.4);
});
