import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isCutOff } from '@/lib/formats/containers/is-cut-off';
import { box } from '@/tests/harness/sample-boxes';
import { tempFolder } from '@/tests/harness/temp-folder';

const boxes = (...types: string[]) => Buffer.concat(types.map((type) => box(type, Buffer.alloc(50))));

function riff(...payloads: number[]): Buffer {
  const chunks = payloads.map((bytes) => {
    const head = Buffer.from('RIFF\0\0\0\0');
    head.writeUInt32LE(bytes, 4);
    return Buffer.concat([head, Buffer.alloc(bytes + (bytes % 2))]);
  });
  return Buffer.concat(chunks);
}

/** An EBML header of four bytes and a segment of 60 bytes, whose size field is `segmentSize`. */
const matroska = (segmentSize: string) =>
  Buffer.concat([
    Buffer.from(`1a45dfa384000000001853 8067${segmentSize}`.replace(/ /g, ''), 'hex'),
    Buffer.alloc(60),
  ]);

/** A header object with an unknown object and File Properties, which declare a file of `bytes`. */
function asf(bytes: number, flags = 0): Buffer {
  const object = (id: string, payload: Buffer) => {
    const head = Buffer.alloc(24);
    head.write(id, 'hex');
    head.writeBigUInt64LE(BigInt(24 + payload.length), 16);
    return Buffer.concat([head, payload]);
  };
  const properties = Buffer.alloc(80);
  properties.writeBigUInt64LE(BigInt(bytes), 16);
  properties.writeUInt32LE(flags, 64);
  const inside = [
    object('00'.repeat(16), Buffer.alloc(8)),
    object('a1dcab8c47a9cf118ee400c00c205365', properties),
  ];
  return object('3026b2758e66cf11a6d900aa0062ce6c', Buffer.concat([Buffer.alloc(6), ...inside]));
}

const asfBytes = asf(0).length;
const mp4 = 'mov,mp4,m4a,3gp,3g2,mj2';

it.each<[boolean, string, string, Buffer]>([
  [false, 'whole boxes', mp4, boxes('ftyp', 'moov', 'mdat')],
  [true, 'samples that end too early', mp4, boxes('ftyp', 'moov', 'mdat').subarray(0, -1)],
  [
    true,
    'a fragment whose head ends too early',
    mp4,
    boxes('ftyp', 'moov', 'moof', 'mdat', 'moof').subarray(0, -9),
  ],
  [false, 'a last box that holds no media', mp4, boxes('ftyp', 'moov', 'mdat', 'free').subarray(0, -9)],
  [false, 'a box without a size', mp4, Buffer.concat([boxes('ftyp', 'moov'), Buffer.alloc(40)])],
  [false, 'a whole segment', 'matroska,webm', matroska('bc')],
  [true, 'a segment that ends too early', 'matroska,webm', matroska('bd')],
  [true, 'a segment with a long size that ends too early', 'matroska,webm', matroska('0100000000001000')],
  [false, 'a segment of unknown size', 'matroska,webm', matroska('01ffffffffffffff')],
  [false, 'no segment', 'matroska,webm', matroska('bd').subarray(0, 9)],
  [false, 'whole RIFF chunks', 'avi', riff(100, 31)],
  [true, 'RIFF chunks, the last of which ends too early', 'avi', riff(100, 31).subarray(0, -2)],
  [false, 'a RIFF chunk whose size was never written', 'avi', Buffer.concat([riff(0), Buffer.alloc(50)])],
  [false, 'whole ASF', 'asf', asf(asfBytes)],
  [true, 'ASF that ends too early', 'asf', asf(asfBytes + 1)],
  [false, 'ASF of a broadcast', 'asf', asf(asfBytes + 1, 1)],
  [false, 'other bytes', 'asf', Buffer.alloc(100)],
  [false, 'a container without a size', 'mpegts', Buffer.alloc(100)],
  [false, 'nothing', mp4, Buffer.alloc(0)],
])('%s: %s', async (expected, _, container, bytes) => {
  const file = path.join(tempFolder(), 'a');
  writeFileSync(file, bytes);
  expect(await isCutOff(file, container)).toBe(expected);
});
