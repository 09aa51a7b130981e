import { readFile, stat } from 'node:fs/promises';
import { findBox } from './boxes';

/** FFmpeg writes 258 bytes for a track without samples; with one, the track's tables alone are more than twice that. */
const mostEmptyBytes = 2048;

/** Whether FFmpeg had no sample to write into an MP4, which has no track then. */
export async function hasNoTrack(file: string): Promise<boolean> {
  const { size } = await stat(file);
  return size <= mostEmptyBytes && findBox(await readFile(file), ['moov', 'trak']) === undefined;
}
