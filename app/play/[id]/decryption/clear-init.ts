import { type Box, boxesIn, boxesOf, viewOf } from './boxes';
import { protectedEntries } from './track-protection';

/** The ancestors of a sample entry's protection box; their sizes change when it is removed. */
const containers = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd', 'encv', 'enca'];

/**
 * Returns the init segment of the same track in the clear: sample entries get their original type back,
 * without `sinf`, and `pssh` is removed (ISO/IEC 14496-12, 8.12; ISO/IEC 23001-7, 8.1). Media segments
 * address their samples by offsets from their own `moof`, so nothing else changes. The given bytes are not
 * modified.
 */
export function clearInit(init: Uint8Array): Uint8Array<ArrayBuffer> {
  const clearTypes = new Map(protectedEntries(init).map(({ entry, clearType }) => [entry.start, clearType]));
  return joined([...boxesIn(init)].map((box) => clearBox(init, box, clearTypes)));
}

function clearBox(init: Uint8Array, box: Box, clearTypes: Map<number, string>): Uint8Array {
  if (box.type === 'pssh' || box.type === 'sinf') return new Uint8Array();
  if (!containers.includes(box.type)) return init.subarray(box.start, box.end);
  const inner = [...boxesOf(init, box)];
  const headEnd = inner[0]?.start ?? box.end;
  const head = new Uint8Array(init.subarray(box.start, headEnd));
  const content = joined(inner.map((child) => clearBox(init, child, clearTypes)));
  // No init segment comes near 4 GiB, so a long size is never needed; one that is there is kept as it is.
  if (box.contentStart - box.start === 8) viewOf(head).setUint32(0, head.length + content.length);
  else viewOf(head).setBigUint64(8, BigInt(head.length + content.length));
  const clearType = clearTypes.get(box.start);
  if (clearType) for (let i = 0; i < 4; i++) head[4 + i] = clearType.charCodeAt(i);
  return joined([head, content]);
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
