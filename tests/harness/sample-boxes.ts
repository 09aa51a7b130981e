import { box as boxOf } from '@/lib/formats/mp4/write-boxes';

/** A box of ISO/IEC 14496-12, its content also in hexadecimal. */
export function box(type: string, ...content: (Buffer | string)[]): Buffer {
  const parts = content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part));
  return Buffer.from(boxOf(type, ...parts).buffer);
}

const zeros = (bytes: number) => Buffer.alloc(bytes);
const versionAndFlags = '00000000';

interface Encryption {
  entry?: 'encv' | 'enca';
  scheme?: string;
  isProtected?: boolean;
  kidHex?: string;
}

/** An encrypted sample entry (ISO/IEC 23001-7, 8.2), with the fields of a video or audio entry first. */
export function encryptedEntry({
  entry = 'encv',
  scheme = 'cenc',
  isProtected = true,
  kidHex = '',
}: Encryption): Buffer {
  const tenc = box('tenc', '01000000', '00', '19', isProtected ? '01' : '00', '08', kidHex);
  const sinf = box(
    'sinf',
    box('frma', Buffer.from('avc1')),
    box('schm', versionAndFlags, Buffer.from(scheme), '00010000'),
    box('schi', tenc),
  );
  return box(entry, zeros(entry === 'encv' ? 78 : 28), box('avcC', '0164001f'), sinf);
}

/** An init segment whose track has these sample entries. */
export function initSegment(...entries: Buffer[]): Buffer {
  const stsd = box('stsd', versionAndFlags, `0000000${entries.length}`, ...entries);
  const minf = box('minf', box('vmhd', zeros(12)), box('stbl', stsd, box('stts', zeros(8))));
  const trak = box('trak', box('tkhd', zeros(84)), box('mdia', box('mdhd', zeros(24)), minf));
  return Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', box('mvhd', zeros(100)), trak)]);
}

/** A segment index (8.16.3) of segments of these sizes, each beginning with a keyframe. */
export function segmentIndex(version: 0 | 1, sizesBytes: number[], firstTicks = 0): Buffer {
  const times = zeros(version === 0 ? 8 : 16);
  times.writeUInt32BE(firstTicks, version === 0 ? 0 : 4);
  const count = Buffer.alloc(2);
  count.writeUInt16BE(sizesBytes.length);
  const references = sizesBytes.map((size) => {
    const reference = Buffer.alloc(12);
    reference.writeUInt32BE(size);
    reference.writeUInt32BE(360_000, 4);
    reference.writeUInt32BE(0x90000000, 8);
    return reference;
  });
  return box('sidx', `0${version}000000`, '00000001', '00015f90', times, '0000', count, ...references);
}
