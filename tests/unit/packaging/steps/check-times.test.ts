import { describe, expect, it } from 'vitest';
import type { PlannedAudio, Rendition } from '@/lib/media/package-plan';
import type { SourceSurvey } from '@/lib/media/source-survey';
import { checkTimes, presentationEnd, type VersionTimes } from '@/lib/packaging/steps/check-times';
import { sampleEncoded, samplePlannedAudio, sampleRendition } from '@/tests/harness/sample-plan';
import { sampleVideo } from '@/tests/harness/sample-probe';
import { sampleAudioSurvey, sampleSurvey, sampleVideoSurvey } from '@/tests/harness/sample-survey';

const steady = (count: number, every = 0.04) => Array.from({ length: count }, (_, i) => i * every);
const all = steady(250);
const times = (framesSeconds: number[], audioEnd = 10): VersionTimes => {
  const audio = { framesSeconds: [], endSeconds: audioEnd };
  return new Map([
    ['video-1080p.mp4', { framesSeconds, endSeconds: 10 }],
    ['video-720p.mp4', { framesSeconds, endSeconds: 10 }],
    ['audio-en.mp4', audio],
  ]);
};
const checkVideo = (rendition: Rendition, framesSeconds: number[], survey: Partial<SourceSurvey> = {}) =>
  checkTimes({ renditions: [rendition], audios: [] }, sampleSurvey(survey), times(framesSeconds));
const failed = expect.objectContaining({ code: 'verify-failed' });
/** All frames, one of them moved by some milliseconds. */
const moved = all.map((time, i) => (i === 100 ? time + 0.004 : time));

describe('a copied video track', () => {
  it('has the frames of its source at their times', () => {
    expect(checkVideo(sampleRendition(), all)).toEqual([]);
  });

  it('begins at zero, though its source begins late', () => {
    const framesSeconds = all.map((time, i) => (i === 0 ? 0.4 : time + 0.4));
    const video = sampleVideoSurvey({ framesSeconds });
    const retimed = framesSeconds.with(0, 0);
    expect(checkVideo(sampleRendition(), retimed, { video })).toEqual([]);
  });

  it.each([
    ['a frame fewer', all.slice(0, -1)],
    ['a frame more', [...all, 10]],
    ['a frame at another time', moved],
    ['none', []],
  ])('fails with %s', (_, framesSeconds) => {
    expect(() => checkVideo(sampleRendition(), framesSeconds)).toThrow(failed);
  });
});

describe('an encoded video track', () => {
  const halved = sampleEncoded({
    stream: sampleVideo({ framesPerSecond: 119.88 }),
    framesPerSecond: 59.94,
  });

  it.each<[string, Rendition, number[]]>([
    ['has all frames', sampleEncoded(), all],
    ['lacks the few that cannot be decoded', sampleEncoded(), all.slice(0, -5)],
    ['has every second frame of twice its rate', halved, steady(125, 0.08)],
  ])('%s', (_, rendition, framesSeconds) => {
    expect(checkVideo(rendition, framesSeconds)).toEqual([]);
  });

  it.each<[string, Rendition, number[]]>([
    ['made-up frames', sampleEncoded(), [...all, 10]],
    ['every frame where it should have every second', halved, all],
  ])('fails with %s', (_, rendition, framesSeconds) => {
    expect(() => checkVideo(rendition, framesSeconds)).toThrow(failed);
  });

  it('says how many frames are not carried', () => {
    expect(checkVideo(sampleEncoded(), all.slice(0, 200))).toEqual([
      '50 of the 250 frames are not carried: they could not be decoded, or their times overlap.',
    ]);
  });

  it.each([
    ['packets that are not frames of their own', { codec: 'vp8' }],
    ['two packets for a frame', { isInterlaced: true }],
  ])('counts no frame as missing for %s', (_, changes) => {
    expect(checkVideo(sampleEncoded({ stream: sampleVideo(changes) }), all.slice(0, 125))).toEqual([]);
  });

  it('may have more frames than there are packets with times', () => {
    const video = sampleVideoSurvey({ untimedPackets: 250, framesSeconds: [] });
    expect(checkVideo(sampleEncoded(), all, { video })).toEqual([]);
  });
});

describe('an audio track', () => {
  const check = (
    mode: 'copy' | 'encode',
    endSeconds: number,
    audios = new Map([[1, sampleAudioSurvey()]]),
    changes: Partial<PlannedAudio> = {},
  ) =>
    checkTimes(
      { renditions: [], audios: [samplePlannedAudio({ mode, label: 'English', ...changes })] },
      sampleSurvey({ video: null, audios }),
      times([], endSeconds),
    );

  it.each([9.76, 10, 10.24])('that was copied ends with its source, but for padding: at %d s', (end) => {
    expect(check('copy', end)).toEqual([]);
  });

  it.each([9.7, 10.3, 0])('that was copied must not end at %d s', (end) => {
    expect(() => check('copy', end)).toThrow(failed);
  });

  it('that was encoded may be filled with silence', () => {
    expect(check('encode', 20)).toEqual([]);
  });

  it.each<[number, Partial<PlannedAudio>, string[]]>([
    [9.6, {}, []],
    [4, {}, ['The audio "English" ends at 4.0 s of 10.0 s: the rest could not be decoded.']],
    [
      12,
      { padToSeconds: 15 },
      ['The audio "English" ends at 12.0 s of 15.0 s: the rest could not be decoded.'],
    ],
    [15, { padToSeconds: 15 }, []],
    [4, { hasCuts: true }, []],
  ])('that was encoded and ends at %d s, planned with %j', (endSeconds, changes, expected) => {
    expect(check('encode', endSeconds, undefined, changes)).toEqual(expected);
  });

  it('whose source was not surveyed is not compared', () => {
    expect(check('copy', 3, new Map())).toEqual([]);
  });
});

it('a presentation is as long as its longest track', () => {
  expect(presentationEnd(times(all, 11.2))).toBe(11.2);
  expect(presentationEnd(new Map())).toBe(0);
});
