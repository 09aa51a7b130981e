import { Fields, latin1, viewOf } from '../bytes/fields';

/** A box (ISO/IEC 14496-12, 4.2). Its bytes are parts of the bytes that it was read from. */
export interface Box<Bytes extends Uint8Array = Uint8Array> {
  type: string;
  /** Its offset in these bytes. */
  start: number;
  whole: Bytes;
  /** What follows its size and type. */
  payload: Bytes;
}

/** Bytes between the start of a payload and the boxes in it (ISO/IEC 14496-12, 8.5.2, 12.1.3 and 12.2.3). */
export const fieldBytes = { stsd: 8, encv: 78, enca: 28 };

/** A header of a box: its own size, and that of the whole box. */
export interface BoxHead {
  type: string;
  headBytes: number;
  sizeBytes: number;
}

/**
 * Reads the header of a box (ISO/IEC 14496-12, 4.2.2). A size of 1 has 64 bits more; a size of 0 extends to
 * the end of what holds the box. Null where there is no box: too few bytes, a size below that of the header
 * or beyond 2^53, or zeros, as in files whose space was reserved.
 * @param heldBytes from the start of the box to the end of what holds it, which may be longer than the view
 */
export function readBoxHead(view: DataView, at: number, heldBytes: number): BoxHead | null {
  if (at + 8 > view.byteLength) return null;
  const short = view.getUint32(at);
  if (short === 0 && view.getUint32(at + 4) === 0) return null;
  const headBytes = short === 1 ? 16 : 8;
  if (at + headBytes > view.byteLength) return null;
  const sizeBytes = short === 1 ? Number(view.getBigUint64(at + 8)) : short || heldBytes;
  if (sizeBytes < headBytes || !Number.isSafeInteger(sizeBytes)) return null;
  const type = latin1(new Uint8Array(view.buffer, view.byteOffset + at + 4, 4));
  return { type, headBytes, sizeBytes };
}

/** The consecutive boxes in some bytes, up to the first that does not fit into them. */
export function* boxesIn<Bytes extends Uint8Array>(bytes: Bytes): Generator<Box<Bytes>> {
  const view = viewOf(bytes);
  let start = 0;
  for (;;) {
    const leftBytes = bytes.length - start;
    const head = readBoxHead(view, start, leftBytes);
    if (!head || head.sizeBytes > leftBytes) return;
    const end = start + head.sizeBytes;
    const payload = part(bytes, start + head.headBytes, end);
    yield { type: head.type, start, whole: part(bytes, start, end), payload };
    start = end;
  }
}

/** All boxes at a path of types, such as `['moof', 'traf']`; the path limits how deep they are searched. */
export function* findBoxes<Bytes extends Uint8Array>(
  bytes: Bytes,
  [type, ...rest]: readonly string[],
): Generator<Box<Bytes>> {
  for (const box of boxesIn(bytes)) {
    if (box.type !== type) continue;
    if (rest.length === 0) yield box;
    else yield* findBoxes(childBytes(box), rest);
  }
}

/** The payload of the first box at a path of types; undefined where there is none. */
export function findBox<Bytes extends Uint8Array>(bytes: Bytes, path: readonly string[]): Bytes | undefined {
  for (const { payload } of findBoxes(bytes, path)) return payload;
  return undefined;
}

/** What follows the fields of a container: its child boxes. */
export const childBytes = <Bytes extends Uint8Array>({ type, payload }: Box<Bytes>): Bytes =>
  part(payload, (fieldBytes as Record<string, number>)[type] ?? 0, payload.length);

/** The version and flags of a full box (4.2), and what follows them. */
export function fullBox(payload: Uint8Array): { version: number; flags: number; fields: Fields } {
  const fields = new Fields(payload);
  return { version: fields.u8(), flags: fields.u24(), fields };
}

/** A part of a Buffer is a Buffer, which the types of `subarray` do not say. */
const part = <Bytes extends Uint8Array>(bytes: Bytes, start: number, end: number): Bytes =>
  bytes.subarray(start, end) as Bytes;
