import { expect, it } from 'vitest';
import { sourceInput, textFileArgs } from '@/lib/ffmpeg/args/input-args';
import { convertTextArgs, textTrackArgs } from '@/lib/ffmpeg/args/text-track-args';
import { sourceFile } from '@/lib/media/source-file';
import { words } from '@/tests/harness/sample-argv';
import { samplePlannedText, sampleTextStream } from '@/tests/harness/sample-text';

const limit = 32 * 1024 * 1024;

it('extracts all text streams in one pass, and copies WebVTT', () => {
  const webvtt = samplePlannedText({
    file: 'text-de.vtt',
    stream: sampleTextStream({ index: 4, codec: 'webvtt' }),
  });
  expect(textTrackArgs(sourceFile('/in/source.mkv'), [samplePlannedText(), webvtt])).toEqual([
    ...sourceInput(sourceFile('/in/source.mkv'), words('-sub_charenc_mode:s ignore')),
    ...words(`-map 0:2 -c:s webvtt -avoid_negative_ts disabled -fs ${limit} -f webvtt -y text-en.vtt`),
    ...words(`-map 0:4 -c:s copy -avoid_negative_ts disabled -fs ${limit} -f webvtt -y text-de.vtt`),
  ]);
});

it('converts a text file of a given format, and keeps its times', () => {
  expect(convertTextArgs('/in/a.utf8', 'ass', '/in/a.vtt')).toEqual([
    ...textFileArgs,
    ...words('-f ass -copyts -i file:/in/a.utf8 -c:s webvtt'),
    ...words(`-avoid_negative_ts disabled -fs ${limit} -f webvtt -y /in/a.vtt`),
  ]);
});
