import { latin1 } from '../bytes/fields';
import { type Box, childBytes, findBox } from '../mp4/boxes';
import { box, rewriteBoxes } from '../mp4/write-boxes';
import { encryptedTypes, sampleEntries } from './track-encryption';

const none = new Uint8Array();
const remove = () => none;

/**
 * Returns the init segment of the same track in the clear: sample entries get their original type back,
 * without `sinf`, and `pssh` is removed (ISO/IEC 14496-12, 8.12; ISO/IEC 23001-7, 8.1). Media segments
 * address their samples by offsets from their own `moof`, so nothing else changes. The given bytes are not
 * modified.
 */
export function clearInit(init: Uint8Array): Uint8Array<ArrayBuffer> {
  const entries = encryptedTypes.map((type) => [[...sampleEntries, type].join('/'), clearEntry]);
  return rewriteBoxes(init, { 'moov/pssh': remove, ...Object.fromEntries(entries) });
}

/** An entry that does not name its original type stays as it is. */
function clearEntry(entry: Box): Uint8Array {
  const children = childBytes(entry);
  const clearType = findBox(children, ['sinf', 'frma']);
  if (clearType?.length !== 4) return entry.whole;
  const fields = entry.payload.subarray(0, entry.payload.length - children.length);
  return box(latin1(clearType), fields, rewriteBoxes(children, { sinf: remove }));
}
