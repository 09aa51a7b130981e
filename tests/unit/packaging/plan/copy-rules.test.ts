import { describe, expect, it } from 'vitest';
import type { CopiedAvc, CopiedTrack } from '@/lib/formats/mp4-files/inspect-copy';
import type { AudioStream, VideoStream } from '@/lib/media/source-probe';
import type { AudioSurvey, VideoSurvey } from '@/lib/media/source-survey';
import { audioCopyBar, type CopyBar, fitsMp4, videoCopyBar } from '@/lib/packaging/plan/copy-rules';
import { sampleAudio, sampleVideo } from '@/tests/harness/sample-probe';
import { sampleAudioSurvey, sampleVideoSurvey } from '@/tests/harness/sample-survey';

/** The copy of a High stream at level 4.0 that begins each segment with an IDR frame. */
const goodAvc: CopiedAvc = {
  profileIdc: 100,
  levelIdc: 40,
  isFrameCoded: true,
  startsWithIdr: true,
  hasConstantParameters: true,
};
const copyOf = (avc: Partial<CopiedAvc> | null): CopiedTrack => {
  return { avc: avc && { ...goodAvc, ...avc }, channelConfiguration: null, audioObjectType: null };
};
const copyOfAac = (channelConfiguration: number | null, audioObjectType: number | null = 2): CopiedTrack => {
  return { avc: null, channelConfiguration, audioObjectType };
};

describe('a video stream, by its container', () => {
  it.each<[CopyBar | null, string, Partial<VideoStream>]>([
    [null, 'H.264 High', {}],
    [null, 'H.264 Main', { profile: 'Main' }],
    [null, 'H.264 Baseline', { profile: 'Baseline' }],
    [null, 'H.264 Constrained Baseline', { profile: 'Constrained Baseline' }],
    [null, 'VP9', { codec: 'vp9', profile: 'Profile 0' }],
    [null, 'AV1', { codec: 'av1', profile: 'Main' }],
    [null, 'full range colors', { pixelFormat: 'yuvj420p' }],
    [null, 'pixels that are not square', { pixelAspect: 64 / 45 }],
    [null, 'untagged H.264 in standard definition', { colorMatrix: null, width: 720, height: 576 }],
    [null, 'untagged VP9 in high definition', { codec: 'vp9', profile: 'Profile 0', colorMatrix: null }],
    ['codec', 'HEVC', { codec: 'hevc', profile: 'Main' }],
    ['codec', 'VP8', { codec: 'vp8', profile: '' }],
    ['profile', 'H.264 High 10', { profile: 'High 10', pixelFormat: 'yuv420p10le' }],
    ['profile', 'H.264 High 4:2:2', { profile: 'High 4:2:2', pixelFormat: 'yuv422p' }],
    ['profile', 'an unknown profile', { profile: '' }],
    ['profile', 'VP9 with 4:4:4 or 4:4:0', { codec: 'vp9', profile: 'Profile 1', pixelFormat: 'yuv440p' }],
    ['profile', 'VP9 with 10 bits', { codec: 'vp9', profile: 'Profile 2', pixelFormat: 'yuv420p10le' }],
    ['profile', 'AV1 with 4:4:4', { codec: 'av1', profile: 'High', pixelFormat: 'yuv444p' }],
    ['pixel-format', '10 bits under a profile of 8', { pixelFormat: 'yuv420p10le' }],
    ['pixel-format', '4:4:4 under a profile of 4:2:0', { pixelFormat: 'yuv444p' }],
    ['pixel-format', 'gray', { pixelFormat: 'gray' }],
    [
      'untagged-colors',
      'untagged VP9 in standard definition',
      { codec: 'vp9', profile: 'Profile 0', colorMatrix: null, width: 640, height: 480 },
    ],
    ['colors', '8-bit H.264 in PQ', { colorTransfer: 'smpte2084' }],
    ['colors', '8-bit H.264 in HLG', { colorTransfer: 'arib-std-b67' }],
    ['colors', '8-bit H.264 in a wider gamut', { colorPrimaries: 'bt2020' }],
    [
      'pixel-aspect',
      'pixels of VP9 that are not square',
      { codec: 'vp9', profile: 'Profile 0', pixelAspect: 64 / 45 },
    ],
    [
      'pixel-aspect',
      'pixels of AV1 that are not square',
      { codec: 'av1', profile: 'Main', pixelAspect: 64 / 45 },
    ],
    ['display-matrix', 'turned', { rotationDegrees: 90 }],
    ['display-matrix', 'upside down', { rotationDegrees: 180 }],
    ['display-matrix', 'mirrored', { isMirrored: true }],
    ['display-matrix', 'mirrored and turned', { isMirrored: true, rotationDegrees: 270 }],
    ['interlaced', 'interlaced', { isInterlaced: true }],
    ['no-presentation-times', 'without presentation times', { isUntimed: true }],
  ])('%s: %s', (expected, _, changes) => {
    expect(videoCopyBar({ stream: sampleVideo(changes) })).toBe(expected);
  });
});

describe('a video stream, by its packets', () => {
  const at = (keyframesSeconds: number[], endSeconds: number): Partial<VideoSurvey> => {
    return { keyframesSeconds, framesSeconds: keyframesSeconds, endSeconds };
  };

  it.each<[CopyBar | null, string, Partial<VideoSurvey>]>([
    [null, 'a keyframe every 2 s', {}],
    [null, '250 frames of a movie apart', at([0, 10.427], 20.854)],
    [null, 'exactly 10.5 s apart', at([0, 10.5, 21], 30)],
    [
      null,
      'exactly 10.5 s apart, but for rounding',
      at(
        [1.48, 11.98, 22.48, 32.98].map((time) => time - 1.4),
        40,
      ),
    ],
    [null, 'one, in a short video', at([0], 10)],
    [null, 'a first frame before zero, as with B-frames', at([-0.08, 2], 4)],
    [null, 'a late first frame, which is moved to zero', at([0.4, 2.4], 4.4)],
    [null, 'a gap that browsers play over', { longestGapSeconds: 0.15 }],
    ['keyframes-far-apart', 'a gap of more than 10.5 s', at([0, 2, 12.6], 14)],
    ['keyframes-far-apart', 'none in the last 10.5 s', at([0, 5], 15.6)],
    ['keyframes-far-apart', 'one, in a long video', at([0], 10.6)],
    ['starts-without-keyframe', 'no keyframe', { keyframesSeconds: [] }],
    ['starts-without-keyframe', 'no packet', { keyframesSeconds: [], framesSeconds: [], endSeconds: 0 }],
    ['starts-without-keyframe', 'frames before the first keyframe', { keyframesSeconds: [0.4, 2.4, 4.4] }],
    ['no-presentation-times', 'a packet without a time', { untimedPackets: 1 }],
    ['damaged-packets', 'a packet that is cut off', { damagedPackets: 1 }],
    ['hidden-frames', 'frames that an edit list hides', { hiddenPackets: 3 }],
    ['parameter-sets-change', 'another configuration later on', { changesParameters: true }],
    ['repeated-frames', 'frames that an edit list repeats', { hasRepeatedTimes: true }],
    ['frame-gap', 'a frame held while later ones are decoded ahead', { longestGapSeconds: 0.16 }],
  ])('%s: %s', (expected, _, changes) => {
    expect(videoCopyBar({ stream: sampleVideo(), survey: sampleVideoSurvey(changes) })).toBe(expected);
  });

  it.each<[CopyBar | null, boolean, number]>([
    [null, true, 20],
    [null, false, 15],
    ['frame-gap', false, 15.1],
  ])('%s: ends in order: %s, other streams go on until %d s', (expected, endsInOrder, end) => {
    const survey = sampleVideoSurvey({ endsInOrder });
    expect(videoCopyBar({ stream: sampleVideo(), survey, presentationEndSeconds: end })).toBe(expected);
  });

  it('is barred by its container, whatever its packets', () => {
    expect(videoCopyBar({ stream: sampleVideo({ codec: 'vp8' }), survey: sampleVideoSurvey() })).toBe(
      'codec',
    );
  });
});

describe('a video stream, by a copy of it', () => {
  it.each<[CopyBar | null, string, Partial<CopiedAvc> | null]>([
    [null, 'High at level 4.0', {}],
    [null, 'Baseline', { profileIdc: 66 }],
    [null, 'Main', { profileIdc: 77 }],
    [null, 'the lowest level that browsers play', { levelIdc: 10 }],
    [null, 'the highest level that browsers play', { levelIdc: 62 }],
    [null, 'a codec without such headers', null],
    ['profile', 'Extended', { profileIdc: 88 }],
    ['profile', 'High 10 in its headers', { profileIdc: 110 }],
    ['level', 'level 0.9, as x264 writes 1b', { levelIdc: 9 }],
    ['level', 'no level at all', { levelIdc: 0 }],
    ['level', 'a level that does not exist', { levelIdc: 43 }],
    ['interlaced', 'parameter sets that allow fields', { isFrameCoded: false }],
    ['random-access-without-idr', 'open GOPs and recovery points', { startsWithIdr: false }],
    [
      'parameter-sets-change',
      'parameter sets other than those in the decoder configuration',
      { hasConstantParameters: false },
    ],
  ])('%s: %s', (expected, _, avc) => {
    const known = { stream: sampleVideo(), survey: sampleVideoSurvey(), copy: copyOf(avc) };
    expect(videoCopyBar(known)).toBe(expected);
  });

  it('is still barred by its packets', () => {
    const survey = sampleVideoSurvey({ hiddenPackets: 1 });
    expect(videoCopyBar({ stream: sampleVideo(), survey, copy: copyOf({}) })).toBe('hidden-frames');
  });
});

describe('an audio stream, by its container', () => {
  it.each<[CopyBar | null, string, Partial<AudioStream>]>([
    [null, 'AAC-LC stereo', {}],
    [null, 'AAC-LC mono', { channels: 1 }],
    [null, 'AAC-LC 7.1', { channels: 8 }],
    ['channel-configuration', 'AAC-LC with 16 channels', { channels: 16 }],
    ['profile', 'HE-AAC', { profile: 'HE-AAC' }],
    ['profile', 'HE-AACv2', { profile: 'HE-AACv2' }],
    ['profile', 'AAC of unknown profile', { profile: '' }],
    ['codec', 'MP3', { codec: 'mp3', profile: '' }],
    ['codec', 'Opus', { codec: 'opus', profile: '' }],
    ['codec', 'AC-3', { codec: 'ac3', profile: '' }],
  ])('%s: %s', (expected, _, changes) => {
    expect(audioCopyBar({ stream: sampleAudio(changes) })).toBe(expected);
  });
});

describe('an audio stream, by its packets', () => {
  it.each<[CopyBar | null, string, Partial<AudioSurvey>, number?]>([
    [null, 'from the start to the end', {}],
    [null, "an encoder's priming before the start", { hiddenSeconds: 0.044 }],
    [null, 'a start a little late', { startSeconds: 0.1 }],
    [null, 'an end a little early', { endSeconds: 10 }, 15],
    [null, 'an end after all others', { endSeconds: 20 }, 20],
    [null, 'jitter of its times', { longestGapSeconds: 0.15 }],
    [null, 'one packet in a hundred that overlaps', { overlappingPackets: 4 }],
    ['hidden-frames', 'packets hidden between others', { hasCuts: true }],
    ['damaged-packets', 'a packet that is cut off', { damagedPackets: 1 }],
    ['hidden-frames', 'more hidden audio than an encoder primes', { hiddenSeconds: 0.11 }],
    ['parameter-sets-change', 'another configuration later on', { changesParameters: true }],
    ['audio-gap', 'a gap', { longestGapSeconds: 0.16 }],
    ['audio-overlap', 'more packets that overlap', { overlappingPackets: 5 }],
    ['audio-starts-late', 'a late start', { startSeconds: 0.11 }],
    ['audio-ends-early', 'an early end', { endSeconds: 9.9 }, 15],
  ])('%s: %s', (expected, _, changes, presentationEndSeconds = 10) => {
    const survey = sampleAudioSurvey(changes);
    expect(audioCopyBar({ stream: sampleAudio(), survey, presentationEndSeconds })).toBe(expected);
  });
});

describe('an audio stream, by a copy of it', () => {
  it.each<[CopyBar | null, string, CopiedTrack]>([
    ...[1, 2, 3, 4, 5, 6, 7].map((value): [null, string, CopiedTrack] => {
      return [null, `channel configuration ${value}`, copyOfAac(value)];
    }),
    ['channel-configuration', 'channels that only the stream describes', copyOfAac(0)],
    ['channel-configuration', 'a reserved configuration', copyOfAac(8)],
    ['channel-configuration', '22.2', copyOfAac(13)],
    ['profile', 'HE-AAC, explicitly signaled', copyOfAac(2, 5)],
    ['profile', 'AAC Main', copyOfAac(2, 1)],
    ['profile', 'xHE-AAC', copyOfAac(2, 42)],
    ['profile', 'no configuration at all', copyOfAac(null, null)],
  ])('%s: %s', (expected, _, copy) => {
    expect(audioCopyBar({ stream: sampleAudio(), survey: sampleAudioSurvey(), copy })).toBe(expected);
  });
});

describe('the download', () => {
  it.each(['h264', 'hevc', 'vp9', 'mpeg4', 'aac', 'ac3', 'eac3', 'mp3', 'opus', 'flac'])(
    'carries %s',
    (codec) => {
      expect(fitsMp4({ codec })).toBe(true);
    },
  );

  it.each([
    'av1',
    'alac',
    'vp8',
    'theora',
    'prores',
    'wmv3',
    'ffv1',
    'vorbis',
    'wmav2',
    'pcm_s16le',
    'truehd',
    'unknown',
    '',
  ])('does not carry %s', (codec) => {
    expect(fitsMp4({ codec })).toBe(false);
  });

  it('does not carry video without presentation times', () => {
    expect(fitsMp4({ codec: 'h264', isUntimed: true })).toBe(false);
  });

  it.each([
    [true, 'yuv420p'],
    [true, 'yuv422p'],
    [true, 'yuv444p'],
    [true, 'yuv420p10le'],
    [true, 'yuv444p12le'],
    [false, 'yuv440p'],
    [false, 'yuv440p10le'],
    [false, 'gbrp'],
    [false, 'yuva420p'],
  ])('%s: VP9 in %s', (expected, pixelFormat) => {
    expect(fitsMp4({ codec: 'vp9', pixelFormat })).toBe(expected);
  });

  it('carries H.264 of any pixel format', () => {
    expect(fitsMp4({ codec: 'h264', pixelFormat: 'gray' })).toBe(true);
  });

  it.each<[boolean, string, Partial<VideoSurvey>]>([
    [true, 'nothing against it', {}],
    [true, 'frames hidden at the start, by one edit', { hiddenPackets: 18 }],
    [false, 'frames hidden later on', { hiddenPackets: 18, hidesLater: true }],
    [false, 'frames repeated', { hasRepeatedTimes: true }],
    [false, 'another configuration later on', { changesParameters: true }],
    [false, 'damaged packets', { damagedPackets: 1 }],
  ])('%s: %s', (expected, _, changes) => {
    expect(fitsMp4({ codec: 'h264' }, sampleVideoSurvey(changes))).toBe(expected);
  });
});
