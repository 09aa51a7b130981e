import { describe, expect, it } from 'vitest';
import { cleanWebvtt } from '@/lib/formats/captions/clean-webvtt';
import { readWebvtt } from '@/lib/formats/captions/webvtt';

const vtt = (...cues: string[]) => ['WEBVTT', ...cues].join('\n\n');
/** The times and the text of each cue that is left. */
const left = async (text: string, codec = 'subrip') =>
  readWebvtt((await cleanWebvtt(text, codec)) ?? '').map((cue) => [cue.startMs, cue.endMs, cue.text]);

it('writes WebVTT, with hours', async () => {
  expect(
    await cleanWebvtt(
      vtt('00:01.000 --> 00:02.500\nOne', '01:00:05.250 --> 01:00:06.000\nTwo\nlines'),
      'subrip',
    ),
  ).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nOne\n\n01:00:05.250 --> 01:00:06.000\nTwo\nlines\n');
});

it('is the same when cleaned again', async () => {
  const once = await cleanWebvtt(
    vtt('00:01.000 --> 00:02.500 line:0\n<i>One & <font>two', '00:03.000 --> 00:03.000\nx'),
    'webvtt',
  );
  expect(await cleanWebvtt(once ?? '', 'webvtt')).toBe(once);
});

it('reads names, comments, styles, regions and line ends of all kinds', async () => {
  const file =
    '\ufeffWEBVTT - A movie\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nREGION\r\nid:r\r\n\r\nNOTE no --> cue\r\n\r\n' +
    '1\r\n00:01.000 --> 00:02.000\r\nOne\r\n\r\n\r\nname\r\n00:03.000-->00:04.000 region:r\r\nTwo';
  expect(await left(file)).toEqual([
    [1000, 2000, 'One'],
    [3000, 4000, 'Two'],
  ]);
});

it('keeps valid settings', async () => {
  const settings =
    'line:0 line:50%,end position:10%,line-left size:80% align:start vertical:rl region:r align:middle x';
  const [cue] = readWebvtt(
    (await cleanWebvtt(vtt(`00:01.000 --> 00:02.000 ${settings}\nOne`), 'webvtt')) ?? '',
  );
  expect(cue?.settings).toBe('line:0 line:50%,end position:10%,line-left size:80% align:start vertical:rl');
});

describe('times', () => {
  it('are put in order', async () => {
    expect(await left(vtt('00:03.000 --> 00:04.000\nb', '00:01.000 --> 00:02.000\na'))).toEqual([
      [1000, 2000, 'a'],
      [3000, 4000, 'b'],
    ]);
  });

  it('before the start are cut off', async () => {
    const before = '00:-3.000 --> 00:-2.000\ngone';
    const across = '00:-1.-500 --> 00:01.000\nstays';
    expect(await left(vtt(before, across))).toEqual([[0, 1000, 'stays']]);
  });

  it('without an end last to the next cue, or five seconds', async () => {
    const endless = [
      '00:01.000 --> 00:01.000\na',
      '00:03.000 --> 00:02.000\nb',
      '00:20.000 --> 00:20.000\nc',
    ];
    expect(await left(vtt(...endless))).toEqual([
      [1000, 3000, 'a'],
      [3000, 8000, 'b'],
      [20_000, 25_000, 'c'],
    ]);
  });
});

it('drops cues without text, and repeats', async () => {
  const cues = [
    '00:01.000 --> 00:02.000\n<i> </i>',
    '00:02.000 --> 00:03.000\n{\\an8}',
    '00:03.000 --> 00:04.000',
  ];
  const again = ['00:05.000 --> 00:06.000\na', '00:05.000 --> 00:06.000\na'];
  expect(await left(vtt(...cues, ...again))).toEqual([[5000, 6000, 'a']]);
});

it.each(['', 'WEBVTT', 'WEBVTT\n\nno cue', vtt('00:01.000 --> 00:02.000\n<b></b>')])(
  'is null for %j',
  async (text) => {
    expect(await cleanWebvtt(text, 'subrip')).toBeNull();
  },
);

describe('SubStation Alpha', () => {
  it('loses comments and drawings', async () => {
    const cues = [
      '00:01.000 --> 00:02.000\nSaid{a comment} aloud',
      '00:02.000 --> 00:03.000\nm 0 0 l 100 0 100 -20.5 b 1 2 3 4 5 6',
      '00:03.000 --> 00:04.000\nm 0 0 l 1 1\nbelow it',
    ];
    expect(await left(vtt(...cues), 'ass')).toEqual([
      [1000, 2000, 'Said aloud'],
      [3000, 4000, 'below it'],
    ]);
  });

  it('is the only format where braces and "m 1 2" are not text', async () => {
    expect(await left(vtt('00:01.000 --> 00:02.000\n{sighs}\nm 1 2'))).toEqual([
      [1000, 2000, '{sighs}\nm 1 2'],
    ]);
  });
});

it('yields to other work while it cleans a large file', async () => {
  const cue = (i: number) =>
    `00:${String(i % 60).padStart(2, '0')}.000 --> 01:00.000\n${'<i>words</i> '.repeat(100)}`;
  let turns = 0;
  let next: NodeJS.Immediate;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  next = setImmediate(count);
  const cleaned = cleanWebvtt(vtt(...Array.from({ length: 3000 }, (_, i) => cue(i))), 'subrip');
  expect(await cleaned).not.toBeNull();
  clearImmediate(next);
  expect(turns).toBeGreaterThan(5);
});

it('cuts a cue that is too long to read', async () => {
  const [[, , text] = []] = await left(vtt(`00:01.000 --> 00:02.000\n${'a'.repeat(1_000_000)}`));
  expect(String(text)).toHaveLength(20_000);
});
