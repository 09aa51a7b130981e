import { open } from 'node:fs/promises';
import { boxesOf } from './file-boxes';

/** Boxes that an MP4 or a QuickTime file may begin with (ISO/IEC 14496-12, 4.3). */
const firstTypes = ['ftyp', 'mdat', 'wide', 'free', 'skip', 'moov', 'pnot'];
/** Boxes that may follow before `moov`; any other type means damage. */
const laterTypes = [...firstTypes, 'uuid', 'meta', 'udta', 'pdin', 'styp', 'sidx', 'moof'];
/** A file that was cut off while being copied has far fewer. */
const mostBoxes = 1000;

/**
 * Whether a file is an MP4 that ends before its tables (`moov`), which most recorders write last: without
 * them, nothing in it can be found. Reads the headers of its outermost boxes.
 */
export async function hasNoTables(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  const types: string[] = [];
  try {
    const { size } = await file.stat();
    let lastEnd = 0;
    for await (const { type, end } of boxesOf(file)) {
      types.push(type);
      lastEnd = end;
      if (type === 'moov' || !laterTypes.includes(type) || types.length > mostBoxes) return false;
    }
    return firstTypes.includes(types[0] ?? '') && lastEnd >= size;
  } catch (error) {
    // The last box of an interrupted recording may have no size yet.
    if (error instanceof RangeError) return firstTypes.includes(types[0] ?? '');
    throw error;
  } finally {
    await file.close();
  }
}
