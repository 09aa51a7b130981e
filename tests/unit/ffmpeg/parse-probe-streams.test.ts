import { describe, expect, it } from 'vitest';
import { parseProbe } from '@/lib/ffmpeg/parse-probe';
import { ffprobeJson, type RawStream, rawAudio, rawVideo } from '@/tests/support/sample-ffprobe';

describe('what an audio track is for', () => {
  it.each([
    ['nothing is said', { default: 1, comment: 0 }, null],
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

describe('what is not counted', () => {
  it.each<[string, RawStream]>([
    ['a cover picture', { codec_name: 'mjpeg', disposition: { default: 0, attached_pic: 1 } }],
    ['a picture without size', { width: 0, height: 0 }],
    ['a picture whose size is not known', { width: undefined, height: 'N/A' }],
    ['a data track', { codec_type: 'data', codec_name: 'bin_data' }],
    ['a stream of unknown type', { codec_type: undefined }],
  ])('as video: %s', (_, changes) => {
    expect(parseProbe(ffprobeJson([rawVideo(changes), rawAudio()])).videos).toEqual([]);
  });

  it.each<[string, RawStream]>([
    ['without channels', { channels: 0 }],
    ['without a sample rate', { sample_rate: 'N/A' }],
  ])('as sound: a stream %s', (_, changes) => {
    expect(parseProbe(ffprobeJson([rawAudio(changes)])).audios).toEqual([]);
  });
});

describe('a video whose frames have no times of display', () => {
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
