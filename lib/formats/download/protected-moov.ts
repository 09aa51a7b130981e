import { box, boxesIn, findBox, headBytes } from '@/lib/formats/mp4/boxes';
import type { Chunk, ClearTrack } from '@/lib/formats/mp4/clear-track';
import type { ChunkProtection } from './protect-chunk';
import { ivBytes } from './sample-protection';

const stbl = ['mdia', 'minf', 'stbl'];
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
  moov: Buffer,
  tracks: ClearTrack[],
  protections: Map<Chunk, ChunkProtection>,
  kidHex: string,
  at: number,
): Buffer {
  const left = [...tracks];
  const changed = changeEach(moov, ['trak', ...stbl], (table) => {
    const track = left.shift();
    if (!track) throw new RangeError('There are more sample tables than tracks.');
    const chunks = track.chunks.flatMap((chunk) => protections.get(chunk) ?? []);
    return Buffer.concat([
      ...[...boxesIn(table)].map(({ type, payload }) => protectTable(type, payload, track, kidHex)),
      ...protectionTables(chunks),
    ]);
  });
  const whole = box('moov', changed);
  for (const { type, payload } of boxesIn(whole.subarray(8))) {
    if (type === 'trak') setOffsets(whole, payload, at);
  }
  return whole;
}

/** A copy of a container in which the payload of each box at a path is changed. */
function changeEach(
  container: Buffer,
  [type, ...rest]: string[],
  change: (content: Buffer) => Buffer,
): Buffer {
  const changed = (payload: Buffer) =>
    rest.length > 0 ? changeEach(payload, rest, change) : change(payload);
  return Buffer.concat(
    [...boxesIn(container)].map((found) =>
      box(found.type, found.type === type ? changed(found.payload) : found.payload),
    ),
  );
}

function protectTable(type: string, payload: Buffer, { kind }: ClearTrack, kidHex: string): Buffer {
  if (type === 'stco') return box('co64', ...longOffsets(payload));
  if (type !== 'stsd') return box(type, payload);
  const entries = [...boxesIn(payload.subarray(headBytes.stsd))].map((entry) =>
    box(kind === 'video' ? 'encv' : 'enca', entry.payload, protectionInfo(entry.type, kidHex)),
  );
  return box('stsd', payload.subarray(0, headBytes.stsd), ...entries);
}

/** `stco` as `co64`, since samples move back and may then lie more than 4 GB from the start. */
function longOffsets(stco: Buffer): Buffer[] {
  const count = stco.readUInt32BE(4);
  const offsets = Buffer.alloc(8 * count);
  for (let i = 0; i < count; i++) offsets.writeBigUInt64BE(BigInt(stco.readUInt32BE(8 + 4 * i)), 8 * i);
  return [stco.subarray(0, 8), offsets];
}

/** `sinf` (ISO/IEC 14496-12, 8.12), with `tenc` (23001-7, 8.2): protected, IVs of 8 bytes. */
function protectionInfo(clearType: string, kidHex: string): Buffer {
  const tenc = box('tenc', plain, Buffer.from([0, 0, 1, ivBytes]), Buffer.from(kidHex, 'hex'));
  const schm = box('schm', plain, Buffer.from('cenc'), Buffer.from('00010000', 'hex'));
  return box('sinf', box('frma', Buffer.from(clearType, 'latin1')), schm, box('schi', tenc));
}

/**
 * `senc`, and for readers that do not know it `saiz` and `saio`, which carry the same (ISO/IEC 14496-12,
 * 8.7.8 and 8.7.9).
 */
function protectionTables(chunks: ChunkProtection[]): Buffer[] {
  const described = Buffer.concat(chunks.map((chunk) => chunk.described));
  const describedBytes = Buffer.concat(chunks.map((chunk) => chunk.describedBytes));
  const hasSubsamples = describedBytes.some((bytes) => bytes !== ivBytes);
  const sencFlags = Buffer.from([0, 0, 0, hasSubsamples ? 2 : 0]);
  const sizes = hasSubsamples ? describedBytes : Buffer.alloc(0);
  const saizHead = Buffer.concat([plain, Buffer.from([hasSubsamples ? 0 : ivBytes])]);
  // Version 1, one offset of 8 bytes.
  const oneOffset = Buffer.from('01000000000000010000000000000000', 'hex');
  return [
    box('senc', sencFlags, uint32(describedBytes.length), described),
    box('saiz', saizHead, uint32(describedBytes.length), sizes),
    box('saio', oneOffset),
  ];
}

/** Sets the offsets in the finished box, for the place where it will stand in the file. */
function setOffsets(whole: Buffer, trak: Buffer, at: number): void {
  const [co64, senc, saio] = ['co64', 'senc', 'saio'].map((type) => findBox(trak, [...stbl, type]));
  if (!co64 || !senc || !saio) throw new RangeError('A track has no sample table.');
  for (let place = 8; place < co64.length; place += 8) {
    co64.writeBigUInt64BE(co64.readBigUInt64BE(place) + BigInt(whole.length), place);
  }
  const inBox = senc.byteOffset - whole.byteOffset + 8;
  saio.writeBigUInt64BE(BigInt(at + inBox), 8);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
