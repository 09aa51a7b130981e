import { describe, expect, it } from 'vitest';
import { parseProbe } from '@/lib/ffmpeg/parse-probe';
import { ffprobeJson, type RawStream, rawAudio, rawVideo } from '@/tests/harness/sample-ffprobe';

describe('the role of an audio stream', () => {
  it.each([
    ['no flag', { default: 1, comment: 0 }, null],
    ['a commentary', { comment: 1 }, 'commentary'],
    ['a dub', { dub: 1 }, 'dub'],
    ['a description', { visual_impaired: 1 }, 'description'],
    ['a dubbed commentary', { dub: 1, comment: 1 }, 'commentary'],
    ['no disposition', undefined, null],
  ])('%s', (_, disposition, role) => {
    expect(parseProbe(ffprobeJson([rawAudio({ disposition })])).audios[0]?.role).toBe(role);
  });
});

describe('where a file begins', () => {
  it.each([
    ['1.400000', 1.4],
    ['-0.023220', -0.02322],
    ['N/A', 0],
    [undefined, 0],
  ])('%j is %f', (start_time, expected) => {
    expect(parseProbe(ffprobeJson([rawVideo()], { start_time })).startSeconds).toBe(expected);
  });
});

describe('streams that do not count', () => {
  it.each<[string, RawStream]>([
    ['a cover image', { codec_name: 'mjpeg', disposition: { default: 0, attached_pic: 1 } }],
    ['a video without a size', { width: 0, height: 0 }],
    ['a video of unknown size', { width: undefined, height: 'N/A' }],
    ['a data track', { codec_type: 'data', codec_name: 'bin_data' }],
    ['a stream of unknown type', { codec_type: undefined }],
  ])('as video: %s', (_, changes) => {
    expect(parseProbe(ffprobeJson([rawVideo(changes), rawAudio()])).videos).toEqual([]);
  });

  it.each<[string, RawStream]>([
    ['without channels', { channels: 0 }],
    ['without a sample rate', { sample_rate: 'N/A' }],
  ])('as audio: a stream %s', (_, changes) => {
    expect(parseProbe(ffprobeJson([rawAudio(changes)])).audios).toEqual([]);
  });
});

describe('a video whose frames have no presentation times', () => {
  it.each<[string, number | undefined, boolean]>([
    ['avi', 2, true],
    ['avi', 1, true],
    ['avi', 0, false],
    ['avi', undefined, false],
    ['mov,mp4,m4a,3gp,3g2,mj2', 2, false],
    ['matroska,webm', 2, false],
  ])('%s with has_b_frames %s: %s', (format_name, has_b_frames, expected) => {
    const [video] = parseProbe(ffprobeJson([rawVideo({ has_b_frames })], { format_name })).videos;
    expect(video?.isUntimed).toBe(expected);
  });
});
