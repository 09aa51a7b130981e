import { expect, it } from 'vitest';
import { textFormat, withHours } from '@/lib/formats/captions/text-format';

it.each([
  ['WEBVTT', 'webvtt'],
  ['WEBVTT - A movie\n\n00:01.000 --> 00:02.000\nx', 'webvtt'],
  ['WEBVTTX', 'srt'],
  ['[Script Info]\r\nScriptType: v4.00+', 'ass'],
  ['; made by hand\n[script info]', 'ass'],
  ['[Events]\nFormat: Layer', 'ass'],
  ['1\n00:00:01,000 --> 00:00:02,000\nx', 'srt'],
  ['anything', 'srt'],
  ['', 'srt'],
])('recognizes %j as %s', (text, format) => {
  expect(textFormat(text)).toBe(format);
});

it.each([
  ['00:01,000 --> 00:02,000', '00:00:01,000 --> 00:00:02,000'],
  ['59:58,5 --> 01:00:02,000', '00:59:58,5 --> 01:00:02,000'],
  ['01:00:01,000 --> 01:00:02,000 X1:10', '01:00:01,000 --> 01:00:02,000 X1:10'],
  ['00:01.000 --> 00:02.000', '00:00:01.000 --> 00:00:02.000'],
  ['It is 12:30,5 now', 'It is 12:30,5 now'],
])('gives %j hours: %j', (line, expected) => {
  expect(withHours(`1\r\n${line}\r\nx`)).toBe(`1\r\n${expected}\r\nx`);
});
