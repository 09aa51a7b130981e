import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { AppError } from '@/lib/base/errors';
import { convertText } from '@/lib/ffmpeg/convert-text';
import { reportFault, times } from '../harness/fault-table';
import { filesBelow, tempFolder } from '../harness/temp-folder';
import { tools } from '../harness/tool-runner';

/** The most bytes that an upload may have. */
const mostBytes = 10_000_000;
const filled = (unit: string) => unit.repeat(mostBytes / unit.length);
const srt = (cue: string) => `1\n00:00:00,000 --> 00:00:10,000\n${cue}\n\n`;
const webvtt = (cue: string) => `WEBVTT\n\n00:00.000 --> 00:10.000\n${cue}\n`;

const quickly: Record<string, () => string> = {
  'cues without number': () => filled(srt('a')),
  'empty lines': () => srt('a') + filled('\n'),
  arrows: () => filled('-->'),
  digits: () => `1\n${filled('0')}:00:00,000 --> 00:00:10,000\na\n`,
  notes: () => `WEBVTT\n\n${filled('NOTE\n')}`,
  'half tags of webvtt': () => webvtt(filled('<v ')),
};
/** These take FFmpeg up to its time limit: only the full suite tries them. */
const slowly: Record<string, () => string> = {
  ampersands: () => webvtt(filled('&')),
  'open tags': () => srt(filled('<i>')),
  'half tags': () => srt(filled('<')),
  'open braces': () => srt(filled('{\\an8')),
};

it('ten megabytes of broken or endless subtitles end in a clear error or a track', async (context) => {
  const files = times({ full: 1, quick: 0 }) ? { ...quickly, ...slowly } : quickly;
  const lost: string[] = [];
  for (const [name, make] of Object.entries(files)) {
    const folder = tempFolder();
    const file = path.join(folder, 'received');
    writeFileSync(file, make());
    const began = performance.now();
    const how = await convertText(tools, file, 'en').then(
      () => 'ready',
      (error) => (error instanceof AppError ? error.code : String(error)),
    );
    const isGood = ['ready', 'not-a-text-track'].includes(how) && performance.now() - began < 60_000;
    if (!isGood || (await filesBelow(folder)).length > 1) lost.push(`${name}: ${how}`);
  }
  const tried = Object.keys(files).length;
  reportFault(context, {
    fault: 'hostile subtitles',
    tried,
    survived: tried - lost.length,
    lost: lost.length,
  });
  expect(lost).toEqual([]);
});
