import { expect, it } from 'vitest';
import { escapedLines } from '@/lib/base/log';

it.each([
  ['{"msg":"a\u009b31mb"}\n', '{"msg":"a\\u009b31mb"}\n'],
  ['{"msg":"a\u0085b\u007f"}\n', '{"msg":"a\\u0085b\\u007f"}\n'],
  ['{"msg":"a\u2028b\u2029"}\n', '{"msg":"a\\u2028b\\u2029"}\n'],
  ['{"msg":"été 🎬"}\n', '{"msg":"été 🎬"}\n'],
])('the log line %j is written as %j', (line, written) => {
  const lines: string[] = [];
  escapedLines({ write: (text) => lines.push(text) }).write(line);
  expect(lines).toEqual([written]);
  expect(JSON.parse(written)).toEqual(JSON.parse(line));
});
