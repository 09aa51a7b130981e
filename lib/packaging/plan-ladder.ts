import type { Rendition } from '@/lib/media/package-plan';
import type { VideoStream } from '@/lib/media/source-probe';

/** Heights of landscape pictures, the constant quality of each (lower is better), and its highest bitrate. */
const rungs = [
  { height: 1080, crf: 21, maxBps: 6_500_000 },
  { height: 720, crf: 22, maxBps: 3_500_000 },
  { height: 480, crf: 23, maxBps: 1_600_000 },
  { height: 360, crf: 24, maxBps: 900_000 },
  { height: 240, crf: 25, maxBps: 450_000 },
] as const;

const lowest = rungs[rungs.length - 1] as (typeof rungs)[number]; // the table is not empty
const maxFramesPerSecond = 60;

/** The rendition that is the source itself, kept bit for bit. */
export function copiedRendition(stream: VideoStream): Rendition {
  const { width, height } = shownSize(stream);
  const { framesPerSecond } = stream;
  return { name: `video-${height}p`, stream, mode: 'copy', width, height, framesPerSecond, rate: null };
}

/** The rendition to encode: the highest rung that is not above the source, in the source's shape. */
export function encodedRendition(stream: VideoStream): Rendition {
  const shown = shownSize(stream);
  const shortSide = Math.min(shown.width, shown.height);
  const rung = rungs.find((item) => item.height <= shortSide) ?? lowest;
  const scale = Math.min(1, rung.height / shortSide);
  const [width, height] = [even(shown.width * scale), even(shown.height * scale)];
  const { framesPerSecond: source } = stream;
  const framesPerSecond = source > maxFramesPerSecond ? source / 2 : source;
  const rate = { crf: rung.crf, maxBps: rung.maxBps };
  return { name: `video-${height}p`, stream, mode: 'encode', width, height, framesPerSecond, rate };
}

/** The size that a viewer sees: turned upright, pixels made square. */
export function shownSize(stream: VideoStream): { width: number; height: number } {
  const width = even(stream.width * stream.pixelAspect);
  const height = stream.height;
  return stream.rotationDegrees % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** 4:2:0 video has even sizes only. */
const even = (value: number) => Math.max(2, 2 * Math.round(value / 2));
