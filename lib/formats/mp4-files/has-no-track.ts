import { readFile, stat } from 'node:fs/promises';
import { findBox } from '@/lib/formats/mp4/boxes';

/**
 * FFmpeg writes 258 bytes for a track without samples; with one sample, the track's tables alone take more
 * than twice that.
 */
const mostEmptyBytes = 2048;

/** Whether an MP4 that FFmpeg wrote has no track, since there was no sample to write. */
export async function hasNoTrack(file: string): Promise<boolean> {
  const { size } = await stat(file);
  return size <= mostEmptyBytes && findBox(await readFile(file), ['moov', 'trak']) === undefined;
}
