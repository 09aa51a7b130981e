/** Bytes do not follow their format: they end too early, or state what cannot be. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Text of one byte a character, such as the type of a box. */
export const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Concatenates parts into memory of their own. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reads big-endian fields one after the other. Each method throws FormatError where the bytes end before. */
export class Fields {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly source: Uint8Array) {
    this.view = viewOf(source);
  }

  u8(): number {
    return this.view.getUint8(this.take(1));
  }

  u16(): number {
    return this.view.getUint16(this.take(2));
  }

  u24(): number {
    return this.u8() * 0x10000 + this.u16();
  }

  u32(): number {
    return this.view.getUint32(this.take(4));
  }

  i32(): number {
    return this.view.getInt32(this.take(4));
  }

  /** Inexact above 2^53, which no valid size or time reaches. */
  u64(): number {
    return Number(this.view.getBigUint64(this.take(8)));
  }

  /** The next bytes, in the same memory. */
  bytes(count: number): Uint8Array {
    const at = this.take(count);
    return this.source.subarray(at, at + count);
  }

  /** The number of bytes that are not read yet. */
  get left(): number {
    return this.source.length - this.at;
  }

  rest(): Uint8Array {
    return this.source.subarray(this.at);
  }

  skip(count: number): this {
    this.take(count);
    return this;
  }

  /** The next rows of a table, in the same memory. Checked before anything is allocated by their count. */
  rows(count: number, rowBytes: number): DataView {
    return viewOf(this.bytes(count * rowBytes));
  }

  private take(count: number): number {
    const at = this.at;
    if (count > this.source.length - at) throw new FormatError('The bytes end before a field does.');
    this.at += count;
    return at;
  }
}
