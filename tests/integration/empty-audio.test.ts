import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { addAudio } from '@/lib/packages/add-audio';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { clip, drawClip, h264, testPattern, tone } from '../fixtures/clips';
import { frameSums } from '../harness/frames';
import {
  downloadOf,
  folderOf,
  openPipeline,
  packageToEnd,
  receive,
  upload,
  workToEnd,
} from '../harness/pipeline';

const tones = [300, 500].flatMap((hertz) => tone(hertz, 4));
const streams = [
  '-map',
  '0',
  '-map',
  '1',
  '-map',
  '2',
  '-metadata:s:a:0',
  'language=eng',
  '-metadata:s:a:1',
  'language=ger',
];
const whole = (codec: string[], video: string[]) =>
  drawClip('two-audio-streams.mkv', [
    ...testPattern('320x180', 25, 4),
    ...tones,
    ...streams,
    ...video,
    ...codec,
  ]);

/** A file whose first audio stream is declared but has no packets. */
const withEmpty = (name: string, codec: string[], video: string[], ...more: string[]) =>
  drawClip(name, ['-i', whole(codec, video), '-map', '0', '-c', 'copy', '-bsf:a:0', 'noise=drop=1', ...more]);

const aac = ['-c:a', 'aac'];
const ac3 = ['-c:a', 'ac3', '-ac', '6'];
const fragmented = ['-movflags', 'empty_moov+frag_keyframe'];

it.each([
  ['AAC in Matroska', withEmpty('empty-aac.mkv', aac, h264), 1],
  ['AAC in MP4', withEmpty('empty-aac.mp4', aac, h264, ...fragmented), 1],
  ['AC-3 5.1 beside video that is encoded', withEmpty('empty-ac3.mkv', ac3, ['-c:v', 'mpeg4']), 2],
])('an audio stream without packets is left out and reported: %s', async (_, file, trackCount) => {
  const context = await openPipeline();
  const { id } = await upload(context, file);
  const record = await packageToEnd(context, id, null, 'cenc');
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  expect(record.version?.notCarried).toEqual([
    expect.stringMatching(/^The English audio \((AAC|AC-3)\) is not carried: none of it could be decoded\.$/),
  ]);
  const audioTracks = record.version?.tracks.filter(({ kind }) => kind === 'audio') ?? [];
  expect(audioTracks).toHaveLength(trackCount);
  expect(audioTracks[0]).toMatchObject({ file: 'audio-de.mp4', label: 'German', role: 'main' });
  expect(await readFile(path.join(folderOf(context, record), 'manifest.mpd'), 'utf8')).not.toContain(
    'audio-en',
  );
  const [key] = await revealKeys(context, record.package.id);
  expect(frameSums(downloadOf(context, record), 'a', key?.keyHex).length).toBeGreaterThan(100);
});

it('an empty audio track is listed again after a re-key', async () => {
  const context = await openPipeline();
  const english = ['-metadata:s:a:1', 'language=eng'];
  const { id } = await upload(context, withEmpty('empty-english.mkv', aac, h264, ...english));
  const record = await packageToEnd(context, id, null, 'cenc');
  await rekeyPackage(context, record.package.id, null);
  const after = await workToEnd(context, record.package.id);
  expect(after.package).toMatchObject({ status: 'ready', errorMessage: null });
  expect(after.version?.notCarried).toEqual(record.version?.notCarried);
  expect(after.version?.tracks.filter(({ kind }) => kind === 'audio')).toMatchObject([
    { file: 'audio-en-2.mp4' },
  ]);
  const [current] = await revealKeys(context, record.package.id);
  expect(frameSums(downloadOf(context, after), 'a', current?.keyHex).length).toBeGreaterThan(100);
});

it('an added audio track without packets is reported', async () => {
  const context = await openPipeline();
  const { id } = await upload(context, clip('h264-aac.mp4'));
  const { package: row } = await packageToEnd(context, id, null, 'cenc');
  const file = withEmpty('empty-aac.mkv', aac, h264);
  await addAudio(context, row.id, receive(context, file), { language: 'de', label: null });
  const { package: after } = await workToEnd(context, row.id);
  expect(after.errorMessage).toBe('The file declares audio, but holds none.');
});
