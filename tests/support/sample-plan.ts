import type { ContentKey } from '@/lib/media/content-key';
import type { PackagePlan, PlannedAudio, Rendition } from '@/lib/media/package-plan';
import { sampleAudio, sampleVideo } from './sample-probe';

/** A key that is easy to find where it should not be. */
export const sampleKey: ContentKey = {
  kidHex: 'a7e61c373e219033c21091fa607bf3b8',
  keyHex: '76a6c65c5ea762046bd749a2e632ccbb',
};

/** A copied 1080p rendition, with what a test changes about it. */
export function sampleRendition(changes: Partial<Rendition> = {}): Rendition {
  return {
    name: 'video-1080p',
    stream: sampleVideo(),
    mode: 'copy',
    width: 1920,
    height: 1080,
    framesPerSecond: 25,
    rate: null,
    ...changes,
  };
}

/** A copied English audio track, with what a test changes about it. */
export function samplePlannedAudio(changes: Partial<PlannedAudio> = {}): PlannedAudio {
  return {
    name: 'audio-en',
    stream: sampleAudio(),
    mode: 'copy',
    channels: 2,
    bitrateBps: 128_000,
    language: 'en',
    label: null,
    ...changes,
  };
}

/** A plan that copies one video and one audio stream, with what a test changes about it. */
export function samplePlan(changes: Partial<PackagePlan> = {}): PackagePlan {
  return {
    renditions: [sampleRendition()],
    audios: [samplePlannedAudio()],
    download: [
      { kind: 'video', language: 'und', from: { source: 0 } },
      { kind: 'audio', language: 'en', from: { source: 1 } },
    ],
    durationSeconds: 10,
    segmentSeconds: 4,
    keyframes: { atSeconds: [0, 2, 4, 6, 8] },
    ...changes,
  };
}
