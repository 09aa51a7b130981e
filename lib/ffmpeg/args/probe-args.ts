import type { Argv } from './argv';
import { fromOutside } from './input-args';

/** Asks ffprobe for the container and its streams as JSON. */
export function probeArgs(file: string): Argv {
  return [
    '-v',
    'error',
    ...fromOutside,
    '-of',
    'json',
    '-show_format',
    '-show_streams',
    '-i',
    `file:${file}`,
  ];
}

/**
 * Asks ffprobe for the time of every keyframe of a video stream, from packet headers alone: `pts,flags` lines.
 * Nothing is decoded.
 */
export function keyframeArgs(file: string, streamIndex: number): Argv {
  // biome-ignore format: one option a line
  return [
    '-v', 'error', ...fromOutside,
    '-select_streams', String(streamIndex),
    '-show_entries', 'packet=pts_time,flags',
    '-of', 'csv=p=0',
    '-i', `file:${file}`,
  ];
}
