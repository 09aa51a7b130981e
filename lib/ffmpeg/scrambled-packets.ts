import { open } from 'node:fs/promises';

const syncByte = 0x47;
const packetBytes = 188;
/** Packet sizes: plain, with a time stamp before each packet (Blu-ray), and of some broadcast equipment. */
const strides = [packetBytes, 192, 204];
/** About a second of television. */
const readBytes = 2 * 1024 * 1024;
/** Fewer scrambled packets may be damage. */
const leastPackets = 20;

/**
 * Whether an MPEG transport stream is scrambled (ISO/IEC 13818-1, 2.4.3.3: `transport_scrambling_control`),
 * as recordings of pay television are; false for other files.
 */
export async function hasScrambledPackets(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(readBytes);
    const { bytesRead } = await file.read(bytes, 0, readBytes, 0);
    return countScrambled(bytes.subarray(0, bytesRead)) >= leastPackets;
  } finally {
    await file.close();
  }
}

function countScrambled(bytes: Buffer): number {
  for (const stride of strides) {
    for (let first = 0; first < stride; first += 1) {
      if ([0, 1, 2, 3, 4].every((n) => bytes[first + n * stride] === syncByte))
        return scrambledFrom(bytes, first, stride);
    }
  }
  return 0;
}

function scrambledFrom(bytes: Buffer, first: number, stride: number): number {
  let count = 0;
  for (let at = first; at + packetBytes <= bytes.length && bytes[at] === syncByte; at += stride)
    if ((bytes[at + 3] ?? 0) >> 6 >= 2) count += 1;
  return count;
}
