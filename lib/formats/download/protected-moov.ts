import { FormatError, viewOf } from '../bytes/fields';
import { ivBytesWritten } from '../cenc/sample-encryption';
import { type Box, boxesIn, fieldBytes, findBoxes } from '../mp4/boxes';
import { type Chunk, type ClearTrack, requiredBox, sampleTable } from '../mp4/clear-track';
import { readChunkOffsets } from '../mp4/sample-tables';
import { box, rewriteBoxes } from '../mp4/write-boxes';
import type { ChunkProtection } from './protect-chunk';

/** Version 0 and no flags of a full box. */
const plain = Buffer.alloc(4);

/**
 * Builds the `moov` box of an encrypted file (scheme `cenc`) from that of the clear one: each sample entry is
 * marked as protected, and the sample tables describe the protection (ISO/IEC 23001-7, 4.2, 7 and 8).
 *
 * @param moov the clear payload
 * @param at offset in bytes of the new box in the file; samples move back by its size
 */
export function protectedMoov(
  moov: Uint8Array,
  tracks: ClearTrack[],
  protections: Map<Chunk, ChunkProtection>,
  kidHex: string,
  at: number,
): Uint8Array {
  const left = [...tracks];
  const path = ['trak', ...sampleTable].join('/');
  const changed = rewriteBoxes(moov, {
    [path]: (table) => {
      const track = left.shift();
      if (!track) throw new FormatError('There are more sample tables than tracks.');
      const chunks = track.chunks.flatMap((chunk) => protections.get(chunk) ?? []);
      const tables = Array.from(boxesIn(table.payload), (clear) => protectTable(clear, track, kidHex));
      return box('stbl', ...tables, ...protectionTables(chunks));
    },
  });
  const whole = box('moov', changed);
  for (const { payload } of findBoxes(whole, ['moov', 'trak'])) setOffsets(whole, payload, at);
  return whole;
}

function protectTable({ type, payload, whole }: Box, { kind }: ClearTrack, kidHex: string): Uint8Array {
  if (type === 'stco') return box('co64', ...longOffsets(payload));
  if (type !== 'stsd') return whole;
  const entries = Array.from(boxesIn(payload.subarray(fieldBytes.stsd)), (entry) =>
    box(kind === 'video' ? 'encv' : 'enca', entry.payload, protectionInfo(entry.type, kidHex)),
  );
  return box('stsd', payload.subarray(0, fieldBytes.stsd), ...entries);
}

/** `stco` as `co64`, since samples move back and may then lie more than 4 GB from the start. */
function longOffsets(stco: Uint8Array): Uint8Array[] {
  const offsets = readChunkOffsets(stco, 4);
  const long = Buffer.alloc(8 * offsets.length);
  for (const [i, offset] of offsets.entries()) long.writeBigUInt64BE(BigInt(offset), 8 * i);
  return [stco.subarray(0, 8), long];
}

/** `sinf` (ISO/IEC 14496-12, 8.12), with `tenc` (23001-7, 8.2): protected, IVs of 8 bytes. */
function protectionInfo(clearType: string, kidHex: string): Uint8Array {
  const tenc = box('tenc', plain, Buffer.from([0, 0, 1, ivBytesWritten]), Buffer.from(kidHex, 'hex'));
  const schm = box('schm', plain, Buffer.from('cenc'), Buffer.from('00010000', 'hex'));
  return box('sinf', box('frma', Buffer.from(clearType, 'latin1')), schm, box('schi', tenc));
}

/**
 * `senc`, and for readers that do not know it `saiz` and `saio`, which carry the same (ISO/IEC 14496-12,
 * 8.7.8 and 8.7.9).
 */
function protectionTables(chunks: ChunkProtection[]): Uint8Array[] {
  const described = Buffer.concat(chunks.map((chunk) => chunk.described));
  const describedBytes = Buffer.concat(chunks.map((chunk) => chunk.describedBytes));
  const hasSubsamples = describedBytes.some((bytes) => bytes !== ivBytesWritten);
  const sencFlags = Buffer.from([0, 0, 0, hasSubsamples ? 2 : 0]);
  const sizes = hasSubsamples ? describedBytes : Buffer.alloc(0);
  const saizHead = Buffer.concat([plain, Buffer.from([hasSubsamples ? 0 : ivBytesWritten])]);
  // Version 1, one offset of 8 bytes.
  const oneOffset = Buffer.from('01000000000000010000000000000000', 'hex');
  return [
    box('senc', sencFlags, uint32(describedBytes.length), described),
    box('saiz', saizHead, uint32(describedBytes.length), sizes),
    box('saio', oneOffset),
  ];
}

/** Sets the offsets in the finished box, for the place where it will stand in the file. */
function setOffsets(whole: Uint8Array, trak: Uint8Array, at: number): void {
  const table = (type: string) => requiredBox(trak, [...sampleTable, type]);
  const [co64, senc, saio] = [table('co64'), table('senc'), table('saio')];
  const offsets = viewOf(co64);
  for (let place = 8; place < co64.length; place += 8)
    offsets.setBigUint64(place, offsets.getBigUint64(place) + BigInt(whole.length));
  const inBox = senc.byteOffset - whole.byteOffset + 8;
  viewOf(saio).setBigUint64(8, BigInt(at + inBox));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
