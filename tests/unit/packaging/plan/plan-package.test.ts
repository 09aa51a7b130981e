import { describe, expect, it } from 'vitest';
import type { SourceProbe } from '@/lib/media/source-probe';
import { averageFrameRate, noFacts, type SourceSurvey } from '@/lib/media/source-survey';
import { defaultLadder } from '@/lib/packaging/plan/default-ladder';
import { copiedRendition, encodedRenditions, ladderBelowCopy } from '@/lib/packaging/plan/plan-ladder';
import { mainVideo, planPackage } from '@/lib/packaging/plan/plan-package';
import { planStoryboard } from '@/lib/packaging/plan/plan-storyboard';
import { planAudios, planDownload } from '@/lib/packaging/plan/plan-tracks';
import { planFor } from '@/tests/harness/plan-for';
import { sampleAudio, sampleProbe, sampleVideo } from '@/tests/harness/sample-probe';
import { sampleAudioSurvey, sampleSurvey, sampleVideoSurvey } from '@/tests/harness/sample-survey';

const namesOf = (renditions: { name: string }[] | undefined) => renditions?.map(({ name }) => name);

describe('the video stream that is packaged', () => {
  const first = sampleVideo({ index: 0, isDefault: false });
  const second = sampleVideo({ index: 1, isDefault: true });
  const third = sampleVideo({ index: 2, isDefault: true });

  it.each([
    ['the first that is marked as default', [first, second, third], second],
    ['the first, where none is marked', [first, { ...third, isDefault: false }], first],
    ['none, where there is only audio', [], undefined],
  ])('is %s', (_, videos, expected) => {
    expect(mainVideo(sampleProbe({ videos }))).toBe(expected);
  });
});

describe('the plan for a source that every browser plays', () => {
  it('is the copy first, and then the ladder with the copy on top', () => {
    // The counted rate is 25, but for rounding.
    const framesPerSecond = averageFrameRate(sampleVideoSurvey()) ?? 0;
    const copied = copiedRendition(sampleVideo({ framesPerSecond }));
    const all = ladderBelowCopy(copied, 5_000_000, defaultLadder);
    const audios = planAudios([sampleAudio()]);
    const fast = { renditions: [copied], audios };
    expect(planFor({})).toEqual({
      versions: [
        {
          ...{ number: 1, isLast: false, share: [0, 0.1] },
          ...{ make: fast, publish: fast, storyboard: null, download: null },
        },
        {
          ...{ number: 2, isLast: true, share: [0.1, 1] },
          make: { renditions: all.slice(1), audios: [] },
          publish: { renditions: all, audios },
          storyboard: planStoryboard(copied, 10),
          download: 'beside',
        },
      ],
      download: planDownload(copied, audios),
      downloadOfTracks: planDownload(copied, audios, () => false),
      streams: [0, 1],
      durationSeconds: 10,
      videoEndSeconds: 10,
      segmentSeconds: 4,
      keyframes: { atSeconds: [0, 4, 8] },
      preset: 'veryfast',
      holdsFrames: false,
      guessesTimes: false,
    });
  });

  it('has a download of the best encoded track, where MP4 cannot carry the source encrypted', () => {
    const video = sampleVideo({ codec: 'av1', profile: 'Main' });
    const { versions, download } = planFor({ videos: [video] });
    expect(versions.map((version) => [version.download, namesOf(version.publish.renditions)?.[0]])).toEqual([
      [null, 'video-source'],
      ['after', 'video-1080p'],
    ]);
    expect(download[0]).toEqual({ kind: 'video', sourceIndex: 0, from: { track: 'video-1080p' } });
  });

  it.each<[string, Partial<SourceProbe>, string[]]>([
    ['has the source on top', {}, ['video-source', 'video-720p', 'video-480p', 'video-360p', 'video-240p']],
    [
      'has no copy of a source of a high bitrate',
      { videos: [sampleVideo({ bitrateBps: 50_000_000 })] },
      ['video-1080p', 'video-720p', 'video-480p', 'video-360p', 'video-240p'],
    ],
    [
      'takes the bitrate of the file, less that of its audio, where the stream has none',
      {
        bitrateBps: 1_100_000,
        videos: [sampleVideo({ bitrateBps: null })],
        audios: [sampleAudio({ bitrateBps: 128_000 }), sampleAudio({ bitrateBps: 72_000 })],
      },
      ['video-source', 'video-240p'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(namesOf(planFor(changes).versions[1]?.publish.renditions)).toEqual(expected);
  });

  // The header of a live recording has neither duration nor bitrate: 0 means unknown, not low.
  it('has a ladder where no bitrate is known', () => {
    const { versions } = planFor({ bitrateBps: 0, videos: [sampleVideo({ bitrateBps: null })] });
    expect(versions[1]?.make.renditions.length).toBeGreaterThan(0);
  });
});

describe('the plan for a source that must be encoded', () => {
  it.each<[string, number[], Parameters<typeof sampleVideo>[0]]>([
    ['keyframes are too far apart', [0, 12], {}],
    ['the codec cannot be copied', [], { codec: 'hevc' }],
    ['the video is rotated', [0, 2, 12], { rotationDegrees: 90 }],
  ])('is one version, with keyframes on a grid, where %s', (_, keyframes, changes) => {
    const video = sampleVideo(changes);
    const { versions, keyframes: at } = planFor({ videos: [video], durationSeconds: 20 }, keyframes);
    const renditions = encodedRenditions(video, defaultLadder);
    const all = { renditions, audios: planAudios([sampleAudio()]) };
    expect(versions).toEqual([
      {
        ...{ number: 1, isLast: true, share: [0, 1], make: all, publish: all },
        ...{ storyboard: planStoryboard(renditions[0] ?? video, 20), download: 'after' },
      },
    ]);
    expect(at).toEqual({ everySeconds: 2 });
  });

  it('has the lowest rendition first, where the video is long and that is much quicker', () => {
    const video = sampleVideo({ codec: 'hevc' });
    const { versions, download } = planFor({ videos: [video], durationSeconds: 600 }, []);
    expect(
      versions.map((version) => [
        namesOf(version.make.renditions),
        namesOf(version.publish.renditions),
        version.download,
      ]),
    ).toEqual([
      [['video-240p'], ['video-240p'], null],
      [
        ['video-1080p', 'video-720p', 'video-480p', 'video-360p'],
        ['video-1080p', 'video-720p', 'video-480p', 'video-360p', 'video-240p'],
        'beside',
      ],
    ]);
    expect(versions.map((version) => [version.make.audios.length, version.publish.audios.length])).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(download[0]).toMatchObject({ from: { source: 0 } });
  });

  it('is one lane where there is one rendition, or the video is short', () => {
    const small = sampleVideo({ codec: 'hevc', width: 320, height: 180 });
    expect(planFor({ videos: [small], durationSeconds: 600 }, []).versions).toHaveLength(1);
    expect(
      planFor({ videos: [sampleVideo({ codec: 'hevc' })], durationSeconds: 8 }, []).versions,
    ).toHaveLength(1);
  });

  it('follows the ladder', () => {
    const ladder = { ...defaultLadder, preset: 'slow', segmentSeconds: 6, keyframeSeconds: 3 };
    const facts = { ...noFacts, survey: sampleSurvey() };
    expect(planPackage(sampleProbe(), { ...facts, refused: new Set([0]) }, ladder)).toMatchObject({
      preset: 'slow',
      segmentSeconds: 6,
      keyframes: { everySeconds: 3 },
    });
    expect(planPackage(sampleProbe(), facts, ladder).keyframes).toEqual({ atSeconds: [0, 6] });
  });
});

it('packages audio alone', () => {
  const { versions, download } = planFor({ videos: [] });
  expect(versions).toHaveLength(1);
  expect(versions[0]).toMatchObject({ make: { renditions: [] }, storyboard: null });
  expect(namesOf(versions[0]?.publish.audios)).toEqual(['audio-en']);
  expect(download).toEqual([{ kind: 'audio', sourceIndex: 1, from: { source: 1 } }]);
});

it('packages video alone', () => {
  const { versions, download } = planFor({ audios: [] });
  expect(versions.map((version) => version.publish.audios)).toEqual([[], []]);
  expect(download).toEqual([{ kind: 'video', sourceIndex: 0, from: { source: 0 } }]);
});

describe('the plan, by the packets of the source', () => {
  const surveyed = (changes: Partial<SourceSurvey>, refused: number[] = []) =>
    planPackage(
      sampleProbe(),
      { ...noFacts, survey: sampleSurvey(changes), refused: new Set(refused) },
      defaultLadder,
    );
  const modesOf = ({ versions }: ReturnType<typeof surveyed>) => {
    const { renditions = [], audios = [] } = versions[0]?.make ?? {};
    return [...renditions, ...audios].map(({ mode }) => mode);
  };

  it.each<[string, Partial<SourceSurvey>, number[], string[]]>([
    ['copies streams that nothing bars', {}, [], ['copy', 'copy']],
    [
      'encodes a video stream that an edit list trims',
      { video: sampleVideoSurvey({ hiddenPackets: 9 }) },
      [],
      [],
    ],
    ['encodes a video stream whose copy was refused', {}, [0], []],
  ])('%s', (_, changes, refused, expected) => {
    const modes = modesOf(surveyed(changes, refused));
    if (expected.length > 0) expect(modes).toEqual(expected);
    else expect(modes).toEqual([...modes.slice(0, -1).map(() => 'encode'), 'copy']);
  });

  it('encodes an audio stream whose copy was refused, beside a video stream that is copied', () => {
    expect(modesOf(surveyed({}, [1]))).toEqual(['copy', 'encode']);
  });

  it('is as long as the longest stream, whatever the header claims', () => {
    const audios = new Map([[1, sampleAudioSurvey({ endSeconds: 12.1 })]]);
    expect(surveyed({ audios }).durationSeconds).toBe(12.1);
  });

  // Players play on for 5 s without video: see docs/facts.md.
  it.each([
    ['lets video end where it does, a little before audio', 15, 10],
    ['holds the last frame where audio goes on for long', 15.1, 15.1],
  ])('%s', (_, endSeconds, expected) => {
    const audios = new Map([[1, sampleAudioSurvey({ endSeconds })]]);
    expect(surveyed({ audios }).videoEndSeconds).toBe(expected);
  });

  it('fills audio that ends long before video with silence', () => {
    const audios = new Map([[1, sampleAudioSurvey({ endSeconds: 4.9 })]]);
    expect(surveyed({ audios }).versions[0]?.make.audios).toMatchObject([
      { mode: 'encode', padToSeconds: 10 },
    ]);
  });

  it('counts frames instead of trusting the rate', () => {
    const videos = [sampleVideo({ codec: 'vp8', profile: '', framesPerSecond: 1000 })];
    const facts = { ...noFacts, survey: sampleSurvey() };
    const [rendition] =
      planPackage(sampleProbe({ videos }), facts, defaultLadder).versions[0]?.make.renditions ?? [];
    expect(rendition?.framesPerSecond).toBeCloseTo(25, 6);
    expect(rendition?.stream.framesPerSecond).toBeCloseTo(25, 6);
  });

  it('takes the rate of the header for a single frame', () => {
    const facts = {
      ...noFacts,
      survey: sampleSurvey({ video: sampleVideoSurvey({ framesSeconds: [0] }) }),
    };
    const [rendition] = planPackage(sampleProbe(), facts, defaultLadder).versions[0]?.make.renditions ?? [];
    expect(rendition?.framesPerSecond).toBe(25);
  });

  it('says when frames are held', () => {
    const framesSeconds = [0, 0.04, 0.08, 5, 5.04];
    const video = sampleVideoSurvey({ framesSeconds, keyframesSeconds: [0], endSeconds: 5.08 });
    expect(surveyed({ video }).holdsFrames).toBe(true);
    expect(surveyed({}).holdsFrames).toBe(false);
    const audios = new Map([[1, sampleAudioSurvey({ endSeconds: 16 })]]);
    expect(surveyed({ audios }).holdsFrames).toBe(true);
  });

  it('moves the first keyframe of a late start to zero', () => {
    const framesSeconds = Array.from({ length: 240 }, (_, i) => 0.4 + i / 25);
    const video = sampleVideoSurvey({ framesSeconds, keyframesSeconds: [0.4, 2.4, 4.4, 6.4, 8.4] });
    expect(surveyed({ video }).keyframes).toEqual({ atSeconds: [0, 4.4, 8.4] });
  });

  it('has a download of encoded tracks where packets bar the source', () => {
    const video = sampleVideoSurvey({ hiddenPackets: 9, hidesLater: true });
    expect(surveyed({ video }).download[0]).toMatchObject({ from: { track: 'video-1080p' } });
  });
});
