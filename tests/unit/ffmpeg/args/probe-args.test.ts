import { expect, it } from 'vitest';
import { untrustedProbeArgs } from '@/lib/ffmpeg/args/input-args';
import { firstPacketsArgs, keyframeArgs, packetTimeArgs, probeArgs } from '@/lib/ffmpeg/args/probe-args';

it('asks for the container, its streams and its first packets', () => {
  expect(probeArgs('/in/a b.mp4')).toEqual([
    '-v',
    'error',
    ...untrustedProbeArgs,
    '-of',
    'json',
    '-show_format',
    '-show_streams',
    '-show_programs',
    '-show_packets',
    '-read_intervals',
    '%+#8',
    '-i',
    'file:/in/a b.mp4',
  ]);
});

it('asks for the time of each keyframe of one stream', () => {
  expect(keyframeArgs('/in/a.mp4', 3)).toEqual([
    '-v',
    'error',
    ...untrustedProbeArgs,
    '-select_streams',
    '3',
    '-show_entries',
    'packet=pts_time,flags',
    '-of',
    'csv=p=0',
    '-i',
    'file:/in/a.mp4',
  ]);
});

it('asks when each packet of a stream begins, and how long it is', () => {
  const fields = (args: readonly string[]) => args[args.indexOf('-show_entries') + 1];
  expect(fields(packetTimeArgs('/in/a.mp4', 3))).toBe('packet=pts_time,duration_time');
  expect(packetTimeArgs('/in/a.mp4', 3)).toHaveLength(keyframeArgs('/in/a.mp4', 3).length);
});

it('asks for two packets of a stream, to know whether it holds more than one', () => {
  const args = firstPacketsArgs('/in/a.mp4', 3);
  expect(args.slice(args.indexOf('-read_intervals'), args.indexOf('-i'))).toEqual([
    '-read_intervals',
    '%+#2',
  ]);
});
