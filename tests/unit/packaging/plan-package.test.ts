import { describe, expect, it } from 'vitest';
import { copiedRendition, encodedRendition } from '@/lib/packaging/plan-ladder';
import { mainVideo, planPackage } from '@/lib/packaging/plan-package';
import { planAudios, planDownload } from '@/lib/packaging/plan-tracks';
import { sampleAudio, sampleProbe, sampleVideo } from '@/tests/support/sample-probe';

describe('the video stream that is packaged', () => {
  const first = sampleVideo({ index: 0, isDefault: false });
  const second = sampleVideo({ index: 1, isDefault: true });
  const third = sampleVideo({ index: 2, isDefault: true });

  it.each([
    ['the first that is marked as default', [first, second, third], second],
    ['the first, where none is marked', [first, { ...third, isDefault: false }], first],
    ['none, where there is only sound', [], undefined],
  ])('is %s', (_, videos, expected) => {
    expect(mainVideo(sampleProbe({ videos }))).toBe(expected);
  });
});

describe('the plan of a package', () => {
  it('copies what every browser plays, with its keyframes', () => {
    const probe = sampleProbe();
    const renditions = [copiedRendition(sampleVideo())];
    const audios = planAudios([sampleAudio()]);
    expect(planPackage(probe, [0, 4, 8])).toEqual({
      renditions,
      audios,
      download: planDownload(renditions, audios),
      durationSeconds: 10,
      segmentSeconds: 4,
      keyframes: { atSeconds: [0, 4, 8] },
    });
  });

  it.each<[string, number[], Parameters<typeof sampleVideo>[0]]>([
    ['keyframes are too far apart', [0, 20], {}],
    ['the codec is another', [], { codec: 'vp9' }],
  ])('encodes with keyframes on a grid where %s', (_, keyframes, changes) => {
    const video = sampleVideo(changes);
    const plan = planPackage(sampleProbe({ videos: [video], durationSeconds: 30 }), keyframes);
    expect(plan.renditions).toEqual([encodedRendition(video)]);
    expect(plan.keyframes).toEqual({ everySeconds: 2 });
  });

  it('cuts segments where encoded renditions have keyframes', () => {
    const plan = planPackage(sampleProbe(), []);
    const every = 'everySeconds' in plan.keyframes ? plan.keyframes.everySeconds : Number.NaN;
    expect(plan.segmentSeconds % every).toBe(0);
  });

  it('packages sound alone', () => {
    const plan = planPackage(sampleProbe({ videos: [] }), []);
    expect(plan.renditions).toEqual([]);
    expect(plan.audios).toHaveLength(1);
    expect(plan.download).toEqual([{ kind: 'audio', language: 'en', from: { source: 1 } }]);
  });

  it('packages a picture alone', () => {
    const plan = planPackage(sampleProbe({ audios: [] }), [0, 2, 4, 6, 8]);
    expect(plan.audios).toEqual([]);
    expect(plan.download).toEqual([{ kind: 'video', language: 'und', from: { source: 0 } }]);
  });
});
