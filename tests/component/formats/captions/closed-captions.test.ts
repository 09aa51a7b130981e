import { describe, expect, it } from 'vitest';
import { type CaptionData, readCaptionData } from '@/lib/formats/captions/caption-data';
import { decodeCaptions } from '@/lib/formats/captions/closed-captions';
import { readWebvtt } from '@/lib/formats/captions/webvtt';
import { box } from '@/lib/formats/mp4/write-boxes';
import { ccData, popOn } from '@/tests/fixtures/captioned';

type Pair = [number, number];
const frameSeconds = 0.04;

/** Caption data with one pair for each frame, from the given frame on. */
const from = (frame: number, pairs: Pair[], field: 1 | 2 = 1): CaptionData[] =>
  pairs.map((pair, i) => ({ seconds: (frame + i) * frameSeconds, bytes: ccData(pair, field) }));
const letters = (text: string): Pair[] =>
  (text.match(/../g) ?? []).map((two): Pair => [two.charCodeAt(0), two.charCodeAt(1)]);
async function cuesOf(data: CaptionData[], endSeconds = 20) {
  const channels = await decodeCaptions(data, endSeconds);
  return Object.fromEntries(
    channels.map(({ name, webvtt }) => [
      name,
      readWebvtt(webvtt).map(({ startMs, endMs, settings, text }) => [startMs, endMs, settings, text]),
    ]),
  );
}

it('shows a caption from its end code to the next, and the last to the end', async () => {
  const first = popOn('HELLO THERE');
  const shown = (first.length - 2) * 40;
  const second = popOn('A < B & <C');
  expect(await cuesOf([...from(0, first), ...from(100, second)])).toEqual({
    CC1: [
      [shown, 4000 + (second.length - 2) * 40, '', 'HELLO THERE'],
      [4000 + (second.length - 2) * 40, 20_000, '', 'A &lt; B &amp; &lt;C'],
    ],
  });
});

it('rolls rows up', async () => {
  const rollUp: Pair[] = [
    [0x14, 0x25],
    [0x14, 0x2d],
    [0x14, 0x70],
  ];
  const data = [
    ...from(0, [...rollUp, ...letters('FIRST.')]),
    ...from(50, [[0x14, 0x2d], ...letters('SECOND')]),
  ];
  const { CC1 = [] } = await cuesOf(data);
  expect(CC1.map(([, , , text]) => text)).toEqual(['FIRST.', 'FIRST.\nSECOND']);
});

it('puts captions of the upper half at the top', async () => {
  const top: Pair[] = [[0x14, 0x20], [0x11, 0x40], ...letters('ABOVE.'), [0x14, 0x2f]];
  expect((await cuesOf(from(0, top))).CC1?.map(([, , settings]) => settings)).toEqual(['line:5%']);
});

it('keeps channels apart', async () => {
  const spanish = from(0, popOn('HOLA', 0x15), 2);
  const found = await cuesOf([...from(0, popOn('HELLO')), ...spanish].sort((a, b) => a.seconds - b.seconds));
  expect(Object.keys(found)).toEqual(['CC1', 'CC3']);
  expect(found.CC3?.[0]?.[3]).toBe('HOLA');
});

it('takes CEA-708 where there is nothing else', async () => {
  const define = [0x98, 0x38, 0, 0, 1, 0x1f, 0x11];
  const service = [...define, ...Buffer.from('SEVEN'), 0x03];
  const packet = [0, (1 << 5) | service.length, ...service];
  if (packet.length % 2 === 1) packet.push(0);
  packet[0] = packet.length / 2;
  const triplets = Array.from({ length: packet.length / 2 }, (_, i) => [
    i === 0 ? 0xff : 0xfe,
    packet[2 * i] ?? 0,
    packet[2 * i + 1] ?? 0,
  ]);
  const bytes = Buffer.from([0x40 | triplets.length, 0xff, ...triplets.flat(), 0xff]);
  expect((await cuesOf([{ seconds: 1, bytes }])).cc708_1?.map(([, , , text]) => text)).toEqual(['SEVEN']);
  expect(Object.keys(await cuesOf([{ seconds: 1, bytes }, ...from(50, popOn('HELLO'))]))).toEqual(['CC1']);
});

it('finds nothing in empty data', async () => {
  expect(await decodeCaptions([], 10)).toEqual([]);
  expect(
    await decodeCaptions(
      [
        { seconds: 0, bytes: ccData() },
        { seconds: 1, bytes: Buffer.alloc(1) },
      ],
      10,
    ),
  ).toEqual([]);
});

it('accepts an hour of empty caption data', async () => {
  const hour = Array.from({ length: 90_000 }, (_, i) => ({ seconds: i / 25, bytes: ccData() }));
  expect(await decodeCaptions(hour, 3600)).toEqual([]);
});

it.each<[string, string, string]>([
  ['h264', '0000000106', '80'],
  ['hevc', '000000014e01', '80'],
])('reads the data of each frame in presentation order: %s', async (codec, head, tail) => {
  const other = '050300000301'; // a message of another type before it: 00 00 01, kept from being a start code
  const data = (letter: string) => Buffer.from(`GA94\x03${letter}`, 'latin1').toString('hex');
  const frame = (letter: string) => Buffer.from(`${head}${other}0409b50031${data(letter)}${tail}`, 'hex');
  const units = Buffer.concat([frame('a'), frame('b')]);
  const size = units.length / 2;
  const times = `#tb 0: 1/1000\n0, 0, 80, 40, ${size}, 0x1\n0, 40, 40, 40, ${size}, 0x2\n`;
  expect(await readCaptionData(codec, units, times)).toEqual([
    { seconds: 0.04, bytes: Buffer.from('b') },
    { seconds: 0.08, bytes: Buffer.from('a') },
  ]);
});

it.each([
  '',
  '0000',
  '00000001',
  '0000000106',
  '000000010604ff',
  '0000000106ffffff',
  '000000010604040bb50031',
])('reads nothing from damaged data: %s', async (hex) => {
  const units = Buffer.from(hex, 'hex');
  expect(await readCaptionData('h264', units, `#tb 0: 1/1000\n0, 0, 0, 40, ${units.length}, 0x1\n`)).toEqual(
    [],
  );
  expect(await readCaptionData('h264', units, 'no times')).toEqual([]);
});

describe('a caption track', () => {
  const times = (packet: Buffer) => `#tb 0: 1/1000\n0, 500, 500, 1000, ${packet.length}, 0x1\n`;
  const read = async (packet: Buffer) =>
    (await readCaptionData('eia_608', packet, times(packet))).map(({ seconds, bytes }) => [
      seconds.toFixed(3),
      bytes.toString('hex'),
    ]);

  it('has its pairs as FFmpeg passes them on', async () => {
    expect(await read(Buffer.from('fc9420fc94ae', 'hex'))).toEqual([
      ['0.500', '41fffc9420ff'],
      ['0.533', '41fffc94aeff'],
    ]);
  });

  it('has its pairs in atoms of QuickTime, of either field', async () => {
    const packet = Buffer.concat([
      box('cdat', Buffer.from('942094ae', 'hex')),
      box('cdt2', Buffer.from('9520', 'hex')),
    ]);
    expect(await read(packet)).toEqual(
      [
        ['0.500', '41fffc9420ff'],
        ['0.533', '41fffc94aeff'],
        ['0.500', '41fffd9520ff'],
      ].sort(),
    );
  });
});
