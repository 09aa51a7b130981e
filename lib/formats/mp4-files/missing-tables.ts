import { readFile, stat } from 'node:fs/promises';
import { findBox } from '../mp4/boxes';
import { boxesOf, withFile } from './file-boxes';

/** Boxes that an MP4 or a QuickTime file may begin with (ISO/IEC 14496-12, 4.3). */
const firstTypes = ['ftyp', 'mdat', 'wide', 'free', 'skip', 'moov', 'pnot'];
/** Boxes that may follow before `moov`; any other type means damage. */
const laterTypes = [...firstTypes, 'uuid', 'meta', 'udta', 'pdin', 'styp', 'sidx', 'moof'];
/** A file that was cut off while being copied has far fewer. */
const mostBoxes = 1000;

/**
 * Whether a file is an MP4 that ends before its tables (`moov`), which most recorders write last: without
 * them, nothing in it can be found. The last box of an interrupted recording may have no size yet. Reads the
 * headers of its outermost boxes.
 */
export function hasNoTables(path: string): Promise<boolean> {
  return withFile(path, async (file) => {
    const types: string[] = [];
    for await (const { type } of boxesOf(file)) {
      types.push(type);
      if (type === 'moov' || !laterTypes.includes(type) || types.length > mostBoxes) return false;
    }
    return firstTypes.includes(types[0] ?? '');
  });
}

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
