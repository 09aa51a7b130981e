import { FormatError } from './fields';

/** Reads bits, the highest of each byte first. Each method throws FormatError where the bytes end before. */
export class BitReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.at++) {
      const byte = this.bytes[this.at >> 3];
      if (byte === undefined) throw new FormatError('The bytes end before a field does.');
      value = value * 2 + ((byte >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }

  /** `ue(v)` (ISO/IEC 14496-10, 9.1). */
  exponential(): number {
    let zeros = 0;
    while (this.read(1) === 0) zeros += 1;
    if (zeros > 32) throw new FormatError('An Exp-Golomb code is too long.');
    return 2 ** zeros - 1 + this.read(zeros);
  }

  /** `se(v)` (ISO/IEC 14496-10, 9.1.1). */
  signedExponential(): number {
    const code = this.exponential();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
