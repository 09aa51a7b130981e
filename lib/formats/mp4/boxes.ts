/** A box (ISO/IEC 14496-12, 4.2): its type, and its payload as a part of the buffer. */
export interface Box {
  type: string;
  payload: Buffer;
}

/** Bytes between the start of a container's payload and the boxes in it. */
export const headBytes = { stsd: 8, encv: 78, enca: 28 };

/** The consecutive boxes in a buffer. */
export function* boxesIn(buffer: Buffer): Generator<Box> {
  let offset = 0;
  while (offset + 8 <= buffer.length) {
    const sizeBytes = buffer.readUInt32BE(offset);
    if (sizeBytes < 8) return;
    const type = buffer.toString('latin1', offset + 4, offset + 8);
    yield { type, payload: buffer.subarray(offset + 8, offset + sizeBytes) };
    offset += sizeBytes;
  }
}

/**
 * The payload of the first box at a path of types, such as `['moov', 'trak']`; undefined when there is none.
 */
export function findBox(buffer: Buffer, path: string[]): Buffer | undefined {
  const [type, ...rest] = path;
  for (const box of boxesIn(buffer)) {
    if (box.type !== type) continue;
    if (rest.length === 0) return box.payload;
    const found = findBox(box.payload.subarray((headBytes as Record<string, number>)[box.type] ?? 0), rest);
    if (found) return found;
  }
  return undefined;
}

/** Builds a box with this content. */
export function box(type: string, ...content: Buffer[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.reduce((bytes, part) => bytes + part.length, head.length));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content]);
}
