import type { AudioSurvey, SourceSurvey, VideoSurvey } from '@/lib/media/source-survey';

/** Ten seconds at 25 frames a second with a keyframe every 2 s, with what a test changes about them. */
export function sampleVideoSurvey(changes: Partial<VideoSurvey> = {}): VideoSurvey {
  const endSeconds = changes.endSeconds ?? 10;
  return {
    framesSeconds: Array.from({ length: Math.round(endSeconds * 25) }, (_, i) => i / 25),
    keyframesSeconds: [0, 2, 4, 6, 8],
    endSeconds,
    hiddenPackets: 0,
    hidesLater: false,
    changesParameters: false,
    damagedPackets: 0,
    untimedPackets: 0,
    hasRepeatedTimes: false,
    endsInOrder: true,
    longestGapSeconds: 0,
    ...changes,
  };
}

/** Ten seconds of audio without a gap, with what a test changes about them. */
export function sampleAudioSurvey(changes: Partial<AudioSurvey> = {}): AudioSurvey {
  const { startSeconds = 0, endSeconds = 10 } = changes;
  return {
    packets: Math.round(((endSeconds - startSeconds) * 48_000) / 1024),
    startSeconds,
    endSeconds,
    hiddenSeconds: 0.021,
    damagedPackets: 0,
    longestGapSeconds: 0,
    hasCuts: false,
    overlappingPackets: 0,
    changesParameters: false,
    ...changes,
  };
}

/** What sampleProbe's file holds, with what a test changes about it. */
export function sampleSurvey(changes: Partial<SourceSurvey> = {}): SourceSurvey {
  const video = changes.video === undefined ? sampleVideoSurvey() : changes.video;
  const audios = changes.audios ?? new Map([[1, sampleAudioSurvey()]]);
  const ends = [video, ...audios.values()].map((stream) => stream?.endSeconds ?? 0);
  return { video, audios, endSeconds: Math.max(...ends), ...changes };
}
