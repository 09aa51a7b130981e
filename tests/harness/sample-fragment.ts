import { randomBytes } from 'node:crypto';
import { box } from './sample-boxes';

export interface SampleFragmentOptions {
  scheme: 'cenc' | 'cbcs';
  /** Bytes of each sample's own vector; 0 for a constant one. */
  ivBytes: 0 | 8 | 16;
  constantIvBytes?: 8 | 16;
  pattern?: { crypt: number; skip: number };
  /** Clear and protected bytes of each subsample, for each sample; null where whole samples are protected. */
  subsamples: [number, number][][] | null;
  /** Used where there are no subsamples. */
  sampleBytes?: number[];
  hasSenc?: boolean;
}

export const sampleKidHex = '00112233445566778899aabbccddeeff';

/** An init segment and a media segment of random bytes, which stand for samples that are encrypted. */
export function sampleFragment(options: SampleFragmentOptions): { init: Buffer; segment: Buffer } {
  return { init: encryptedInit(options), segment: encryptedSegment(options) };
}

function encryptedInit({ scheme, ivBytes, constantIvBytes = 16, pattern }: SampleFragmentOptions): Buffer {
  const hex = (byte: number) => byte.toString(16).padStart(2, '0');
  const blocks = pattern ? hex(pattern.crypt * 16 + pattern.skip) : '00';
  const constant = ivBytes === 0 ? [hex(constantIvBytes), randomBytes(constantIvBytes)] : [];
  const tenc = box(
    'tenc',
    `0${pattern ? 1 : 0}000000`,
    '00',
    blocks,
    '01',
    hex(ivBytes),
    sampleKidHex,
    ...constant,
  );
  const sinf = box(
    'sinf',
    box('frma', Buffer.from('avc1')),
    box('schm', '00000000', Buffer.from(scheme), '00010000'),
    box('schi', tenc),
  );
  const entry = box('encv', Buffer.alloc(78), box('avcC', '0164001f'), sinf, box('pasp', '0000000100000001'));
  const stbl = box('stbl', box('stsd', '00000000', '00000001', entry), box('stts', Buffer.alloc(8)));
  const trak = box('trak', box('tkhd', Buffer.alloc(84)), box('mdia', box('minf', stbl)));
  const mvex = box('mvex', box('trex', Buffer.alloc(24)));
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6')),
    box('moov', box('mvhd', Buffer.alloc(100)), trak, mvex, box('pssh', Buffer.alloc(40))),
  ]);
}

function encryptedSegment(options: SampleFragmentOptions): Buffer {
  const { subsamples, sampleBytes = [], hasSenc = true } = options;
  const sizes =
    subsamples?.map((parts) => parts.reduce((sum, [clear, hidden]) => sum + clear + hidden, 0)) ??
    sampleBytes;
  const moof = (dataOffset: number) => {
    const tfhd = box('tfhd', '00020000', '00000001');
    const trun = box('trun', '00000201', uint32(sizes.length), uint32(dataOffset), ...sizes.map(uint32));
    return box('moof', box('mfhd', Buffer.alloc(8)), box('traf', tfhd, trun, ...(hasSenc ? [senc] : [])));
  };
  const senc = sampleEncryption(options, sizes.length);
  const mdat = box('mdat', randomBytes(sizes.reduce((sum, size) => sum + size, 0)));
  const segment = Buffer.concat([box('styp', Buffer.from('msdh')), moof(moof(0).length + 8), mdat]);
  return segment;
}

function sampleEncryption({ ivBytes, subsamples }: SampleFragmentOptions, count: number): Buffer {
  const samples = Array.from({ length: count }, (_, i) => {
    const parts = (subsamples?.[i] ?? []).map(([clear, hidden]) =>
      Buffer.concat([uint16(clear), uint32(hidden)]),
    );
    return Buffer.concat([randomBytes(ivBytes), ...(subsamples ? [uint16(parts.length), ...parts] : [])]);
  });
  return box('senc', subsamples ? '00000002' : '00000000', uint32(count), ...samples);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
