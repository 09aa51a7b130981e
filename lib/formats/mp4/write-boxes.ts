import { joined, viewOf } from '../bytes/fields';
import { type Box, boxesIn, childBytes } from './boxes';

/** Builds a box with this content (ISO/IEC 14496-12, 4.2). */
export function box(type: string, ...content: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const made = joined([new Uint8Array(8), ...content]);
  viewOf(made).setUint32(0, made.length);
  setType(made, type);
  return made;
}

/** Changes the type of a box in place and keeps its size, so that nothing after it moves. */
export const renameBox = ({ whole }: Box, type: string): void => setType(whole, type);

function setType(whole: Uint8Array, type: string): void {
  for (let i = 0; i < 4; i++) whole[4 + i] = type.charCodeAt(i);
}

/** What takes the place of a box; no bytes remove it. */
export type BoxChanges = Record<string, (box: Box) => Uint8Array>;

/**
 * Copies consecutive boxes and replaces some. `changes` has them by path, such as `trak/mdia/mdhd`; the paths
 * limit how deep boxes are read. The sizes of containers follow from their new content.
 */
export function rewriteBoxes(bytes: Uint8Array, changes: BoxChanges, path = ''): Uint8Array<ArrayBuffer> {
  const paths = Object.keys(changes);
  const parts = Array.from(boxesIn(bytes), (found) => {
    const at = path + found.type;
    const change = changes[at];
    if (change) return change(found);
    if (!paths.some((one) => one.startsWith(`${at}/`))) return found.whole;
    const children = childBytes(found);
    const fields = found.payload.subarray(0, found.payload.length - children.length);
    return box(found.type, fields, rewriteBoxes(children, changes, `${at}/`));
  });
  return joined(parts);
}
