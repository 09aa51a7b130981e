/** The amount of work of a run. */
export interface Sizes {
  /** Of the clip that is packaged. */
  clip: ClipSize;
  /** Of the clips that are packaged two at a time. */
  shortClip: ClipSize;
  /** Rungs that are not taller than the clip. */
  rungs: { height: number; crf: number; maxBps: number }[];
  repeats: number;
  uploadBytes: number;
  rangeSeconds: number;
  videos: { few: number; many: number };
  listRequests: number;
  firstFrames: number;
}

export interface ClipSize {
  width: number;
  height: number;
  seconds: number;
  bitrateBps: number;
}

const fullClip = { width: 1920, height: 1080, bitrateBps: 20_000_000 };
const quickClip = { width: 640, height: 360, bitrateBps: 2_500_000 };

export const fullSizes: Sizes = {
  clip: { ...fullClip, seconds: 60 },
  shortClip: { ...fullClip, seconds: 15 },
  rungs: [
    { height: 1080, crf: 21, maxBps: 6_000_000 },
    { height: 720, crf: 22, maxBps: 3_200_000 },
    { height: 480, crf: 23, maxBps: 1_500_000 },
    { height: 360, crf: 24, maxBps: 850_000 },
  ],
  repeats: 3,
  uploadBytes: 2_000_000_000,
  rangeSeconds: 5,
  videos: { few: 100, many: 100_000 },
  listRequests: 200,
  firstFrames: 7,
};

/** Small enough to show in two minutes that every measure works; the figures mean little. */
export const quickSizes: Sizes = {
  clip: { ...quickClip, seconds: 10 },
  shortClip: { ...quickClip, seconds: 4 },
  rungs: [
    { height: 360, crf: 24, maxBps: 850_000 },
    { height: 180, crf: 26, maxBps: 250_000 },
  ],
  repeats: 1,
  uploadBytes: 100_000_000,
  rangeSeconds: 1,
  videos: { few: 100, many: 3000 },
  listRequests: 30,
  firstFrames: 1,
};
