import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FormatError } from '@/lib/formats/bytes/fields';
import { type CopiedAvc, inspectCopy } from '@/lib/formats/mp4-files/inspect-copy';
import { retimeTrack } from '@/lib/formats/mp4-files/retime-track';
import { changedClip, drawClip, tone } from '../fixtures/clips';
import { frameNumbers, numberedFrames } from '../fixtures/numbered-frames';
import { lastFrame } from '../harness/packaged';
import { tempFolder } from '../harness/temp-folder';

const x264 = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-pix_fmt',
  'yuv420p',
  '-sc_threshold',
  '0',
  '-g',
  '10',
];
const drawn = (name: string, codec: string[]) => drawClip(name, [...numberedFrames(30), ...codec]);
const good = { profileIdc: 100, startsWithIdr: true, hasConstantParameters: true, isFrameCoded: true };

/** Two concatenated H.264 streams; the second has other parameter sets, stored in its samples. */
function twoEncodes(): string {
  const parts = ['main', 'high'].map((profile) =>
    drawn(`${profile}.h264`, [...x264, '-preset', 'veryfast', '-profile:v', profile]),
  );
  const raw = ['-f', 'data', '-i', `concat:${parts.join('|')}`, '-map', '0', '-c', 'copy', '-f', 'data'];
  return drawClip('two-encodes.mp4', ['-r', '25', '-i', drawClip('two-encodes.h264', raw), '-c', 'copy']);
}

/** H.264 that repeats its parameter sets, all behind start codes of four bytes. */
function longStartCodes(): string {
  const repeated = [...x264, '-preset', 'veryfast', '-x264-params', 'repeat-headers=1'];
  const raw = changedClip('long-codes.h264', drawn('repeated.h264', repeated), (bytes) =>
    Buffer.from(
      bytes.toString('latin1').replaceAll('\0\0\0\x01', '\0\0\x01').replaceAll('\0\0\x01', '\0\0\0\x01'),
      'latin1',
    ),
  );
  return drawClip('long-codes.mp4', ['-r', '25', '-i', raw, '-c', 'copy']);
}

describe('the H.264 findings of a copy', () => {
  it.each<[string, () => string, Partial<CopiedAvc>]>([
    ['of x264', () => drawn('plain.mp4', [...x264, '-preset', 'veryfast']), good],
    [
      'with one slice for each macroblock row',
      () => drawn('slices.mp4', [...x264, '-preset', 'veryfast', '-slices', '6']),
      good,
    ],
    [
      'with NAL units before each slice',
      () => drawn('aud.mp4', [...x264, '-preset', 'veryfast', '-x264-params', 'aud=1:repeat-headers=1']),
      good,
    ],
    [
      'with open GOPs',
      () =>
        drawn('open.mp4', [...x264, '-preset', 'veryfast', '-x264-params', 'open-gop=1:bframes=2:b-adapt=0']),
      { ...good, startsWithIdr: false },
    ],
    [
      'of fields',
      () =>
        drawn('fields.mp4', [
          ...x264,
          '-preset',
          'veryfast',
          '-flags',
          '+ilme+ildct',
          '-x264-params',
          'tff=1',
        ]),
      { ...good, isFrameCoded: false },
    ],
    ['with long start codes, of which FFmpeg takes zeros for parameter sets', longStartCodes, good],
    ['of two encodes', twoEncodes, { hasConstantParameters: false }],
  ])('%s', async (_, source, expected) => {
    const { avc, channelConfiguration } = await inspectCopy(source());
    expect(avc).toMatchObject(expected);
    expect(channelConfiguration).toBeNull();
  });

  it.each([
    ['VP9', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8']],
    ['MPEG-4 part 2', ['-c:v', 'mpeg4']],
  ])('of another codec are empty: %s', async (codec, options) => {
    expect(await inspectCopy(drawn(`${codec.slice(-1)}.mp4`, options))).toEqual({
      avc: null,
      channelConfiguration: null,
      audioObjectType: null,
    });
  });
});

it.each([[1], [2], [6]])('a copy of AAC with %d channels', async (channels) => {
  const clip = drawClip(`aac-${channels}.mp4`, [...tone(440, 1), '-c:a', 'aac', '-ac', String(channels)]);
  const found = await inspectCopy(clip);
  expect(found).toEqual({ avc: null, channelConfiguration: channels, audioObjectType: 2 });
});

it('a file without tables cannot be read', async () => {
  await expect(inspectCopy(drawn('no.h264', x264))).rejects.toThrow(FormatError);
});

describe('retiming a track that FFmpeg wrote', () => {
  it('starts it at zero and holds the last frame; no frame changes', async () => {
    const late = drawClip('late.mp4', [
      '-itsoffset',
      '0.7',
      '-i',
      drawn('in-order.mp4', [...x264, '-bf', '0']),
      '-c',
      'copy',
    ]);
    const file = path.join(tempFolder(), 'track.mp4');
    copyFileSync(late, file);
    await retimeTrack(file, { startsAtZero: true, endSeconds: 5 });
    expect(frameNumbers(file)).toEqual(frameNumbers(late));
    const last = lastFrame(file);
    expect(last.from).toBeCloseTo(0.7 + 29 / 25, 2);
    expect(last.to).toBeCloseTo(5, 2);
  });

  it('is refused for a file whose tables come first', async () => {
    const file = path.join(tempFolder(), 'track.mp4');
    copyFileSync(drawn('ahead.mp4', [...x264, '-movflags', '+faststart']), file);
    await expect(retimeTrack(file, { startsAtZero: true, endSeconds: null })).rejects.toThrow(FormatError);
  });
});
