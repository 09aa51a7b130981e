import { expect, it } from 'vitest';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { getVideo } from '@/lib/videos/get-video';
import { openPoster } from '@/lib/videos/poster';
import { changedClip, clip, tone } from '../fixtures/clips';
import { encryptedMatroska } from '../fixtures/hostile-matroska';
import {
  badAlac,
  badVorbis,
  emptyMainVideo,
  huffyuv,
  oldQuickTimeAudio,
  podcast,
  scrambled,
  slideShow,
  spoiled,
  twoPrograms,
  unknownVideo,
  withAttachments,
  withUnknownAudio,
} from '../fixtures/odd-streams';
import { frameSums } from '../harness/frames';
import { downloadOf, openPipeline, packageToEnd, upload, workToEnd } from '../harness/pipeline';
import { filesBelow } from '../harness/temp-folder';

it.each<[string, () => string, string[], string[]]>([
  [
    'audio of an unknown codec, and a timecode',
    withUnknownAudio,
    ['video', 'audio und'],
    [
      'The German audio (apac) is not carried: its codec cannot be decoded here.',
      'The data stream (tmcd) is not carried: it is neither video, audio nor text.',
    ],
  ],
  [
    'a cover, a font and a second video',
    withAttachments,
    ['video', 'audio und'],
    [
      'The video stream (MPEG-4 part 2) is not carried: a package has one video.',
      'The cover image (CompuServe GIF) is not carried: its codec cannot be decoded here.',
      'An attached file (TrueType font) is not carried.',
    ],
  ],
  [
    'a second program',
    twoPrograms,
    ['video', 'audio en'],
    ['The program "Two" (1 video, 1 audio) is not carried: a package has one program.'],
  ],
  [
    'video of an unknown codec',
    () => unknownVideo('with-audio.mov', tone(440, 2)),
    ['audio und'],
    ['The video stream (zzzz) is not carried: its codec cannot be decoded here.'],
  ],
  [
    'ALAC whose decoder cannot be opened',
    badAlac,
    ['video', 'audio und'],
    ['The audio (alac) is not carried: none of it could be decoded.'],
  ],
  [
    'Vorbis whose decoder cannot be opened',
    badVorbis,
    ['video', 'audio und'],
    ['The audio (vorbis) is not carried: none of it could be decoded.'],
  ],
  ['old QuickTime audio', oldQuickTimeAudio, ['video', 'audio und', 'audio und'], []],
  ['lossless video', huffyuv, ['video', 'audio und'], []],
])('one odd stream does not fail the rest: %s', async (_, file, tracks, notCarried) => {
  const context = await openPipeline();
  const { id } = await upload(context, file());
  expect((await getVideo(context, id)).notCarried).toEqual(notCarried);
  const record = await packageToEnd(context, id, null, 'cenc');
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  const made = record.version?.tracks ?? [];
  const names = made.map(({ kind, language }) => (kind === 'video' ? kind : `${kind} ${language}`));
  expect([
    ...new Set(names.filter((name) => name === 'video')),
    ...names.filter((name) => name !== 'video'),
  ]).toEqual(tracks);
  expect(record.version?.notCarried).toEqual(notCarried);
});

it.each<[string, () => string, string, string]>([
  [
    'video without packets',
    () => spoiled('no-packets.mp4', 'v', 'drop=1'),
    'audio',
    'The video stream (H.264) is not carried: none of it could be decoded.',
  ],
  [
    'video that does not decode',
    () => spoiled('noise.mkv', 'v', 'amount=1'),
    'audio',
    'The video stream (H.264) is not carried: none of it could be decoded.',
  ],
  [
    'audio that does not decode',
    () => spoiled('noise.mkv', 'a', 'amount=1'),
    'video',
    'The audio (AC-3) is not carried: none of it could be decoded.',
  ],
])('one empty stream does not fail the rest: %s', async (_, file, kind, notCarried) => {
  const context = await openPipeline();
  const { id } = await upload(context, file());
  const { package: row, version } = await packageToEnd(context, id, null, 'cenc');
  expect(row).toMatchObject({ status: 'ready', errorMessage: null });
  expect(new Set(version?.tracks.map((track) => track.kind))).toEqual(new Set([kind]));
  expect(version?.notCarried).toEqual([notCarried]);
  await rekeyPackage(context, row.id, null);
  const after = await workToEnd(context, row.id);
  expect(after.package).toMatchObject({ status: 'ready', errorMessage: null });
  expect(after.version?.notCarried).toEqual([notCarried]);
  const view = await getVideo(context, id);
  expect(view).toMatchObject({ notCarried: [notCarried], hasPoster: kind === 'video' });
});

it.each([
  ['has no packets', 'drop=1'],
  ['does not decode', 'amount=1'],
])('another video replaces a main one that %s', async (_, noise) => {
  const context = await openPipeline();
  const { id } = await upload(context, emptyMainVideo(noise));
  expect((await openPoster(context, id)).sizeBytes).toBeGreaterThan(1000);
  const { package: row, version } = await packageToEnd(context, id, null, 'cenc');
  expect(row).toMatchObject({ status: 'ready', errorMessage: null });
  const widths = version?.tracks.flatMap(({ width }) => width ?? []) ?? [];
  expect(Math.max(...widths)).toBe(320);
  const notCarried = ['The video stream (H.264) is not carried: none of it could be decoded.'];
  expect(version?.notCarried).toEqual(notCarried);
  expect(await getVideo(context, id)).toMatchObject({ picture: { codec: 'mpeg4', width: 320 }, notCarried });
  await rekeyPackage(context, row.id, null);
  const after = await workToEnd(context, row.id);
  expect(after.package).toMatchObject({ status: 'ready', errorMessage: null });
  expect(
    frameSums(downloadOf(context, after), 'v', (await revealKeys(context, row.id))[0]?.keyHex),
  ).toHaveLength(50);
});

it('a file without a stream that can be decoded fails at once with not-a-video', async () => {
  const context = await openPipeline();
  const { id } = await upload(context, spoiled('video-only.mkv', 'v', 'amount=1', '-an'));
  const { package: row } = await packageToEnd(context, id, null, 'cenc');
  expect(row).toMatchObject({ status: 'failed', errorCode: 'not-a-video' });
});

it.each<[string, () => string, string, RegExp]>([
  [
    'of an unknown codec',
    () => unknownVideo('alone.mov', []),
    'codec-not-supported',
    /^The file cannot be decoded here: its video is zzzz\. Convert it/,
  ],
  [
    'encrypted Matroska',
    () => changedClip('encrypted.webm', clip('audio.mp4'), encryptedMatroska),
    'source-encrypted',
    /already encrypted/,
  ],
  ['scrambled television', scrambled, 'source-encrypted', /already encrypted/],
  [
    'damaged',
    () => changedClip('damaged.mp4', clip('audio.mp4'), (bytes) => bytes.fill(0x55, 32)),
    'not-a-video',
    /damaged/,
  ],
])('a file with nothing to play is refused for its own reason: %s', async (_, file, code, message) => {
  const context = await openPipeline();
  const before = await filesBelow(context.settings.STORAGE_DIR);
  const [refused] = await Promise.allSettled([upload(context, file())]);
  expect(refused).toMatchObject({ status: 'rejected', reason: { code, field: 'file' } });
  expect(refused).toMatchObject({ reason: { message: expect.stringMatching(message) } });
  const left = await filesBelow(context.settings.STORAGE_DIR);
  // The request that received the file removes it.
  expect(left.filter((name) => !before.includes(name) && !name.startsWith('incoming/'))).toEqual([]);
});

it.each([
  ['MP4', () => podcast('mp4', ['-c:v', 'png'])],
  ['Matroska', () => podcast('mkv', ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'])],
  ['H.264', () => podcast('mov', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'])],
])('an image beside audio is the poster of an audio package: %s', async (_, file) => {
  const context = await openPipeline();
  const { id } = await upload(context, file());
  const view = await getVideo(context, id);
  expect(view).toMatchObject({ picture: null, hasPoster: true, notCarried: [] });
  expect(view.durationSeconds).toBeCloseTo(2, 0);
  expect((await openPoster(context, id)).sizeBytes).toBeGreaterThan(1000);
  const record = await packageToEnd(context, id, null, 'cenc');
  expect(record.package).toMatchObject({ status: 'ready', errorMessage: null });
  expect(record.version?.tracks.map(({ kind }) => kind)).toEqual(['audio']);
  expect(record.version?.durationSeconds).toBeCloseTo(2, 0);
});

it.each(['mp4', 'mkv', 'ts'])('two images beside audio are a video: %s', async (container) => {
  const context = await openPipeline();
  const { id } = await upload(context, slideShow(container));
  expect(await getVideo(context, id)).toMatchObject({ picture: { width: 320 }, hasPoster: true });
});
