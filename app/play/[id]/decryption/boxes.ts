/** A box of ISO/IEC 14496-12 (4.2) and its position in the bytes it was read from. */
export interface Box {
  type: string;
  start: number;
  /** The first byte after the size, the type and the 64-bit size, if there is one. */
  contentStart: number;
  end: number;
}

/** A range of bytes, `end` not included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** The number of bytes between the start of a box's content and its child boxes. */
const headBytes: Record<string, number> = { stsd: 8, encv: 78, enca: 28 };

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The consecutive boxes of a range of bytes. Reading stops at a box that does not fit into the range. */
export function* boxesIn(
  bytes: Uint8Array,
  { start, end }: ByteRange = { start: 0, end: bytes.length },
): Generator<Box> {
  const view = viewOf(bytes);
  let at = start;
  while (at + 8 <= end) {
    const short = view.getUint32(at);
    const isLong = short === 1 && at + 16 <= end;
    const size = isLong ? Number(view.getBigUint64(at + 8)) : short || end - at;
    const contentStart = at + (isLong ? 16 : 8);
    if (at + size < contentStart || at + size > end) return;
    yield {
      type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)),
      start: at,
      contentStart,
      end: at + size,
    };
    at += size;
  }
}

/** The child boxes of a box, after its fields. */
export const boxesOf = (bytes: Uint8Array, { type, contentStart, end }: Box): Generator<Box> =>
  boxesIn(bytes, { start: contentStart + (headBytes[type] ?? 0), end });

/** All boxes at a path of types, such as `['moof', 'traf']`. */
export function findBoxes(bytes: Uint8Array, path: readonly string[], within?: Box): Box[] {
  const [type, ...rest] = path;
  const found = [...(within ? boxesOf(bytes, within) : boxesIn(bytes))].filter((box) => box.type === type);
  return rest.length === 0 ? found : found.flatMap((box) => findBoxes(bytes, rest, box));
}

/** Changes the type of a box and keeps its size, so that nothing after it moves. */
export function renameBox(bytes: Uint8Array, box: Box, type: string): void {
  for (let i = 0; i < 4; i++) bytes[box.start + 4 + i] = type.charCodeAt(i);
}
