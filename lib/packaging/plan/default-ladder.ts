import type { Ladder } from '@/lib/media/ladder';

/** The ladder that is used unless LADDER_FILE names another. */
export const defaultLadder: Ladder = {
  preset: 'veryfast',
  segmentSeconds: 4,
  keyframeSeconds: 2,
  maxFramesPerSecond: 60,
  leastStep: 0.15,
  copyUpTo: 1.6,
  rungs: [
    { height: 2160, crf: 21, maxBps: 18_000_000 },
    { height: 1440, crf: 21, maxBps: 10_000_000 },
    { height: 1080, crf: 21, maxBps: 6_000_000 },
    { height: 720, crf: 22, maxBps: 3_200_000 },
    { height: 480, crf: 23, maxBps: 1_500_000 },
    { height: 360, crf: 24, maxBps: 850_000 },
    { height: 240, crf: 25, maxBps: 420_000 },
  ],
};
