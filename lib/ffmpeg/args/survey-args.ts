import type { Argv } from './argv';
import { fromOutside } from './input-args';

/**
 * Lists every packet of some streams with its times, as ffmpeg itself counts them when it copies or encodes:
 * concatenated streams and timestamp jumps are corrected, edit lists are applied. Nothing is decoded.
 */
export function surveyArgs(source: string, streams: number[]): Argv {
  const maps = streams.flatMap((index) => ['-map', `0:${index}`]);
  return [...fromOutside, '-i', `file:${source}`, ...maps, '-c', 'copy', '-f', 'framecrc', 'pipe:1'];
}
