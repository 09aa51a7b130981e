import { describe, expect, it } from 'vitest';
import { decodeText } from '@/lib/formats/captions/decode-text';
import { dialogue, encodedDialogue, sampleSrt } from '@/tests/harness/sample-dialogue';

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

describe('with the language known', () => {
  it.each(encodedDialogue)('reads %s in %s', (language, _, base64) => {
    expect(decodeText(bytesOf(base64), language)).toBe(sampleSrt(dialogue[language]));
  });
});

describe('with the language unknown', () => {
  // Croatian and Thai are guessed wrong by their bytes alone.
  const recognizable = encodedDialogue.filter(([language]) => !['hr', 'th'].includes(language));
  it.each(recognizable)('reads %s in %s', (language, _, base64) => {
    expect(decodeText(bytesOf(base64), 'und')).toBe(sampleSrt(dialogue[language]));
  });
});

describe('with the wrong language', () => {
  const clear = encodedDialogue.filter(([, encoding]) =>
    [
      'UTF-8',
      'UTF-16 LE',
      'UTF-16 BE',
      'KOI8-R',
      'Shift_JIS',
      'EUC-JP',
      'GB18030',
      'Big5',
      'EUC-KR',
    ].includes(encoding),
  );
  it.each(clear)('still reads %s in %s, whose bytes are unmistakable', (language, _, base64) => {
    expect(decodeText(bytesOf(base64), 'en')).toBe(sampleSrt(dialogue[language]));
  });
});

it('reads an ASCII text, and an empty one', () => {
  expect(decodeText(Buffer.from('Hello!\r\n'), 'en')).toBe('Hello!\r\n');
  expect(decodeText(Buffer.alloc(0), 'en')).toBe('');
});

it('joins letters and their accents, which windows-1258 stores apart', () => {
  expect(decodeText(Buffer.from([0x54, 0xf4, 0xec, 0x69, 0x20, 0x71, 0x75, 0x61]), 'vi')).toBe('Tối qua');
});

it('recognizes UTF-8, whatever characters it holds', () => {
  const text = 'Subtitles ©Société ½cup ºne \u0092';
  for (const language of ['en', 'ru', 'und']) expect(decodeText(Buffer.from(text), language)).toBe(text);
});

describe('UTF-8 with a damaged byte', () => {
  const damaged = Buffer.concat([
    Buffer.from('Где ты был вчера вечером? '),
    Buffer.from([0xff]),
    Buffer.from('Нет'),
  ]);

  it('is refused, or the byte is left out', () => {
    expect(() => decodeText(damaged, 'ru')).toThrow(
      expect.objectContaining({ code: 'text-encoding-unknown' }),
    );
    expect(decodeText(damaged, 'ru', 'left out')).toBe('Где ты был вчера вечером? Нет');
  });
});

describe('refuses', () => {
  it.each<[string, Buffer]>([
    ['bytes of a program', Buffer.from('7f454c46020101000000000000000000', 'hex')],
    ['zero bytes', Buffer.alloc(100)],
    ['a zero byte within a text', Buffer.from('Hello\0you, how are you today, my friend?')],
    ['UTF-16 that ends within a character', Buffer.from('fffe410042', 'hex')],
    ['UTF-8 with a byte order mark and invalid bytes', Buffer.from('efbbbf41ff', 'hex')],
    ['UTF-32', Buffer.from('fffe00004100000042000000', 'hex')],
    ['an MP4', Buffer.from('00000020667479706d703432000000006d703432', 'hex')],
  ])('%s', (_, bytes) => {
    for (const language of ['en', 'ja', 'und'])
      expect(() => decodeText(bytes, language)).toThrow(
        expect.objectContaining({ code: 'text-encoding-unknown', field: 'file' }),
      );
  });
});

it('is fast for a large text', () => {
  const [, , base64] = encodedDialogue[0] ?? ['', '', ''];
  const large = Buffer.concat(Array.from({ length: 40_000 }, () => bytesOf(base64 ?? '')));
  expect(large.length).toBeGreaterThan(5_000_000);
  const start = performance.now();
  decodeText(large, 'cs');
  expect(performance.now() - start).toBeLessThan(5000);
});
