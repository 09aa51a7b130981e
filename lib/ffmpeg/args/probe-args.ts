import type { Argv } from './argv';
import { untrustedProbeArgs } from './input-args';

/**
 * Asks ffprobe for the container, its streams and the first packets as JSON: only packets show that they are
 * encrypted.
 */
export function probeArgs(file: string): Argv {
  // biome-ignore format: one option a line
  return [
    '-v', 'error', ...untrustedProbeArgs,
    '-of', 'json',
    '-show_format',
    '-show_streams',
    '-show_programs',
    '-show_packets', '-read_intervals', '%+#8',
    '-i', `file:${file}`,
  ];
}

/**
 * Asks ffprobe for the time of every packet of a video stream and whether it is a keyframe, from packet
 * headers alone: `pts,flags` lines. Nothing is decoded.
 */
export function keyframeArgs(file: string, streamIndex: number): Argv {
  return packetArgs(file, streamIndex, 'pts_time,flags');
}

/** Asks ffprobe for the time and duration of each packet of a stream: `pts,duration` lines, in seconds. */
export function packetTimeArgs(file: string, streamIndex: number): Argv {
  return packetArgs(file, streamIndex, 'pts_time,duration_time');
}

/**
 * Asks ffprobe for the times of the first two packets of a stream; it reads the file only as far as needed.
 */
export function firstPacketsArgs(file: string, streamIndex: number): Argv {
  return packetArgs(file, streamIndex, 'pts_time', ['-read_intervals', '%+#2']);
}

/**
 * Asks ffprobe for the decode time of each packet of all streams, as the file has it: `stream,dts` lines, in
 * seconds.
 */
export function allTimesArgs(file: string): Argv {
  return showPackets(file, 'stream_index,dts_time');
}

function packetArgs(file: string, streamIndex: number, fields: string, more: Argv = []): Argv {
  return showPackets(file, fields, ['-select_streams', String(streamIndex)], more);
}

function showPackets(file: string, fields: string, streams: Argv = [], more: Argv = []): Argv {
  // biome-ignore format: one option a line
  return [
    '-v', 'error', ...untrustedProbeArgs,
    ...streams,
    '-show_entries', `packet=${fields}`,
    '-of', 'csv=p=0',
    ...more,
    '-i', `file:${file}`,
  ];
}
