import type { Ladder, Rung } from '@/lib/media/ladder';
import type { Rendition } from '@/lib/media/package-plan';
import type { VideoStream } from '@/lib/media/source-probe';

/** Rungs are defined for frames of this shape; others are fitted into the same box, portrait or landscape. */
const boxAspect = 16 / 9;
/** 854x480 is slightly wider than 16:9, but counts as whole. */
const wholeFrom = 0.995;
/** Frame rates are rounded in containers: 60.05 is 60. */
const rateTolerance = 1.01;
/** A higher frame rate takes more bits, though far from proportionally. */
const highFrameRate = { above: 32, factor: 1.4 };

/** The rendition that is a bit-exact copy of the source. */
export function copiedRendition(stream: VideoStream): Rendition {
  const { framesPerSecond } = stream;
  return { name: 'video-source', stream, mode: 'copy', ...shownSize(stream), framesPerSecond, rate: null };
}

/**
 * The rungs to encode for a source, highest first: never above it, in its shape. A rung whose cap is close to
 * that of the one above it is left out.
 */
export function encodedRenditions(stream: VideoStream, ladder: Ladder): Rendition[] {
  const all = ladder.rungs.map((rung) => renditionAt(stream, rung, ladder));
  // The lowest rung that holds the whole source has the source's size; rungs above it would only be larger
  // files.
  const top = Math.max(
    0,
    all.findLastIndex(({ isWhole }) => isWhole),
  );
  return withoutCloseRungs(
    all.slice(top).map(({ rendition }) => rendition),
    Number.POSITIVE_INFINITY,
    ladder,
  );
}

/**
 * The ladder with the copied source as its top rung, where its bitrate allows that; else without it.
 * `sourceBps` is the source video's average bitrate.
 */
export function ladderBelowCopy(copied: Rendition, sourceBps: number, ladder: Ladder): Rendition[] {
  const encoded = encodedRenditions(copied.stream, ladder);
  const cap = encoded[0]?.rate?.maxBps ?? 0;
  // Players do not switch between codecs: a copy that is not H.264 cannot be part of the ladder.
  const fits =
    copied.stream.codec === 'h264' && copied.framesPerSecond <= ladder.maxFramesPerSecond * rateTolerance;
  const isTop = fits && sourceBps <= cap * ladder.copyUpTo;
  if (!isTop) return encoded;
  const below = encoded.filter(({ height, width }) => height < copied.height && width < copied.width);
  return [copied, ...withoutCloseRungs(below, sourceBps, ladder)];
}

/** The displayed size: rotated upright, with square pixels, even as 4:2:0 video requires. */
export function shownSize(stream: VideoStream): { width: number; height: number } {
  const width = evenBelow(stream.width * stream.pixelAspect);
  const height = evenBelow(stream.height);
  return stream.rotationDegrees % 180 === 0 ? { width, height } : { width: height, height: width };
}

function renditionAt(
  stream: VideoStream,
  rung: Rung,
  ladder: Ladder,
): { rendition: Rendition; isWhole: boolean } {
  const shown = shownSize(stream);
  const box = { long: rung.height * boxAspect, short: rung.height };
  const scale = Math.min(
    1,
    box.long / Math.max(shown.width, shown.height),
    box.short / Math.min(shown.width, shown.height),
  );
  const [width, height] = [even(shown.width * scale), even(shown.height * scale)];
  const framesPerSecond = halvedTo(ladder.maxFramesPerSecond, stream.framesPerSecond);
  const share = Math.min(1, (width * height) / (box.long * box.short));
  const faster = framesPerSecond > highFrameRate.above ? highFrameRate.factor : 1;
  const rate = { crf: rung.crf, maxBps: Math.round((rung.maxBps * share * faster) / 1000) * 1000 };
  const name = `video-${Math.min(width, height)}p`;
  return {
    rendition: { name, stream, mode: 'encode', width, height, framesPerSecond, rate },
    isWhole: scale > wholeFrom,
  };
}

function withoutCloseRungs(renditions: Rendition[], bitrateAboveBps: number, ladder: Ladder): Rendition[] {
  let above = bitrateAboveBps;
  return renditions.filter(({ rate }) => {
    const cap = rate?.maxBps ?? 0;
    if (cap > above * (1 - ladder.leastStep)) return false;
    above = cap;
    return true;
  });
}

function halvedTo(most: number, framesPerSecond: number): number {
  let rate = framesPerSecond;
  while (rate > most * rateTolerance) rate /= 2;
  return rate;
}

const even = (value: number) => Math.max(2, 2 * Math.round(value / 2));

/** An odd source loses a line rather than gaining one. */
const evenBelow = (value: number) => Math.max(2, 2 * Math.floor(Math.round(value) / 2));
