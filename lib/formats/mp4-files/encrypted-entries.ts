import { type FileHandle, open } from 'node:fs/promises';

/** The path of sample descriptions (ISO/IEC 14496-12, 8.5.2). */
const pathOfEntries = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];
/** The version, flags and count of `stsd`, before its entries. */
const headOfEntries = 8;
/** Encrypted video and audio (ISO/IEC 14496-12, 8.12), and FairPlay from Apple's stores. */
const encryptedTypes = ['encv', 'enca', 'drmi', 'drms'];

/** Each box takes a read of 16 bytes; no plausible upload has more. */
const mostBoxes = 10_000;

/** A box in a file: its type, and the place of its payload. */
interface Place {
  type: string;
  from: number;
  to: number;
}

/**
 * Whether an MP4 from outside describes encrypted samples, wherever its tables are. Packets alone do not show
 * it: those of a clear lead are not encrypted. Only box headers are read.
 */
export async function hasEncryptedEntries(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await search(file, { type: '', from: 0, to: size }, pathOfEntries, { boxes: mostBoxes });
  } finally {
    await file.close();
  }
}

/** Searches for encrypted entries at the end of a path of types below a box. */
async function search(
  file: FileHandle,
  at: Place,
  types: string[],
  left: { boxes: number },
): Promise<boolean> {
  const [wanted, ...rest] = types;
  for await (const place of boxesIn(file, at, left)) {
    if (wanted === undefined) {
      if (encryptedTypes.includes(place.type)) return true;
    } else if (place.type === wanted) {
      const from = place.from + (wanted === 'stsd' ? headOfEntries : 0);
      if (await search(file, { ...place, from }, rest, left)) return true;
      // Players use the first tables of a file.
      if (wanted === 'moov') return false;
    }
  }
  return false;
}

async function* boxesIn(
  file: FileHandle,
  { from, to }: Place,
  left: { boxes: number },
): AsyncGenerator<Place> {
  const head = Buffer.alloc(16);
  let at = from;
  while (at + 8 <= to && left.boxes > 0) {
    left.boxes -= 1;
    const { bytesRead } = await file.read(head, 0, head.length, at);
    if (bytesRead < 8) return;
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && bytesRead === head.length;
    // A size of 0 extends to the end of the file (ISO/IEC 14496-12, 4.2).
    const sizeBytes = isLong ? Number(head.readBigUInt64BE(8)) : short || to - at;
    const headBytes = isLong ? 16 : 8;
    if (sizeBytes < headBytes) return;
    const end = Math.min(at + sizeBytes, to);
    yield { type: head.toString('latin1', 4, 8), from: at + headBytes, to: end };
    at = end;
  }
}
