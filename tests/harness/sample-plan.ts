import type { PackageKey } from '@/lib/media/content-key';
import type { PackagePlan, PlannedAudio, PlannedVersion, Rendition } from '@/lib/media/package-plan';
import type { SourceTrack } from '@/lib/packaging/plan/packager-tracks';
import { sampleAudio, sampleVideo } from './sample-probe';

/** A key that is easy to find where it should not be. */
export const sampleKey: PackageKey = {
  label: 'all',
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
    label: 'English',
    role: 'main',
    padToSeconds: null,
    ...changes,
  };
}

/** A rendition that is encoded to 720p, with what a test changes about it. */
export function sampleEncoded(changes: Partial<Rendition> = {}): Rendition {
  return sampleRendition({
    name: 'video-720p',
    mode: 'encode',
    width: 1280,
    height: 720,
    rate: { crf: 22, maxBps: 3_200_000 },
    ...changes,
  });
}

/** The version that copies one video and one audio stream. */
function copyVersion(): PlannedVersion {
  const tracks = { renditions: [sampleRendition()], audios: [samplePlannedAudio()] };
  const whole = { number: 1, isLast: true, share: [0, 1] } as const;
  return { ...whole, make: tracks, publish: tracks, storyboard: null, download: 'after' };
}

/** A plan that copies one video and one audio stream, with what a test changes about it. */
export function samplePlan(changes: Partial<PackagePlan> = {}): PackagePlan {
  return {
    versions: [copyVersion()],
    download: [
      { kind: 'video', sourceIndex: 0, from: { source: 0 } },
      { kind: 'audio', sourceIndex: 1, from: { source: 1 } },
    ],
    downloadOfTracks: [
      { kind: 'video', sourceIndex: 0, from: { track: 'video-1080p' } },
      { kind: 'audio', sourceIndex: 1, from: { track: 'audio-en' } },
    ],
    streams: [0, 1],
    durationSeconds: 10,
    videoEndSeconds: 10,
    segmentSeconds: 4,
    keyframes: { atSeconds: [0, 4, 8] },
    preset: 'veryfast',
    holdsFrames: false,
    guessesTimes: false,
    ...changes,
  };
}

/** A copied video track on its way to the packager, with what a test changes about it. */
export function sampleTrack(changes: Partial<SourceTrack> = {}): SourceTrack {
  const { kind = 'video', language = 'und' } = changes;
  const labels = kind === 'audio' ? { label: 'English', role: 'main' } : { label: null, role: null };
  return { kind, name: 'video-1080p', language, ...labels, keyLabel: 'all', isCopied: true, ...changes };
}
