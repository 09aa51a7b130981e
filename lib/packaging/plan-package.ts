import type { Ladder } from '@/lib/media/ladder';
import type { PackagePlan, PlannedAudio, Rendition, TrackSet } from '@/lib/media/package-plan';
import type { SourceProbe, VideoStream } from '@/lib/media/source-probe';
import { canCopyVideo, fitsMp4 } from './can-copy';
import { copiedRendition, encodedRenditions, ladderBelowCopy } from './plan-ladder';
import { planAudios, planDownload } from './plan-tracks';
import { segmentStarts } from './segment-starts';
import { planStoryboard } from './storyboard';

/** The video stream that is packaged: the one marked as default, else the first. */
export function mainVideo(probe: SourceProbe): VideoStream | undefined {
  return probe.videos.find((stream) => stream.isDefault) ?? probe.videos[0];
}

/** The streams of a source that packages are made of, by their index. */
export function sourceStreams(probe: SourceProbe): number[] {
  return usedStreams(probe).map(({ index }) => index);
}

/**
 * Where FFmpeg sets its zero, as a time stamp of the source: where the file starts, or, in containers whose time may
 * jump, where the first of the used streams does.
 */
export function zeroSeconds(probe: SourceProbe): number {
  const starts = usedStreams(probe).flatMap(({ startSeconds }) =>
    startSeconds === null ? [] : [startSeconds],
  );
  const mayJump = ['mpegts', 'mpeg'].includes(probe.container);
  return mayJump && starts.length > 0 ? Math.min(...starts) : probe.startSeconds;
}

function usedStreams(probe: SourceProbe) {
  const video = mainVideo(probe);
  return [...(video ? [video] : []), ...probe.audios];
}

/**
 * Decides all that is made of a source; `keyframesSeconds` are those of its main video, from the source's start.
 * Where the video can be copied, the first lane holds the copy, playable in seconds, and the second the ladder; else the
 * first holds the lowest rendition, where that is much sooner there.
 */
export function planPackage(probe: SourceProbe, keyframesSeconds: number[], ladder: Ladder): PackagePlan {
  const { durationSeconds } = probe;
  const video = mainVideo(probe);
  const audios = planAudios(probe.audios);
  const isCopied = video !== undefined && canCopyVideo(video, keyframesSeconds, durationSeconds);
  const { lanes, download } = isCopied
    ? copyFirst(video, probe, audios, ladder)
    : encodeAll(video, probe, audios, ladder);
  return {
    lanes,
    download,
    streams: sourceStreams(probe),
    durationSeconds,
    segmentSeconds: ladder.segmentSeconds,
    keyframes: isCopied
      ? { atSeconds: segmentStarts(keyframesSeconds, ladder.segmentSeconds) }
      : { everySeconds: ladder.keyframeSeconds },
    preset: ladder.preset,
  };
}

/** What the fast lane makes of a source whose video can be copied. */
export function copiedTracks(video: VideoStream, { audios }: SourceProbe): TrackSet {
  return { renditions: [copiedRendition(video)], audios: planAudios(audios) };
}

type Lanes = Pick<PackagePlan, 'lanes' | 'download'>;

function copyFirst(video: VideoStream, probe: SourceProbe, audios: PlannedAudio[], ladder: Ladder): Lanes {
  const copied = copiedRendition(video);
  const all = ladderBelowCopy(copied, videoBitrate(video, probe), ladder);
  const encoded = all.filter(({ mode }) => mode === 'encode');
  const fast = { renditions: [copied], audios };
  const storyboard = planStoryboard(copied, probe.durationSeconds);
  // Until the ladder is there, the download can be made of the source alone.
  const download = fitsMp4(video) ? 'beside' : 'after';
  return {
    lanes: [
      { make: fast, publish: fast, storyboard: null, download: null },
      {
        make: { renditions: encoded, audios: [] },
        publish: { renditions: all, audios },
        storyboard,
        download,
      },
    ],
    download: planDownload(download === 'beside' ? copied : encoded[0], audios),
  };
}

function encodeAll(
  video: VideoStream | undefined,
  probe: SourceProbe,
  audios: PlannedAudio[],
  ladder: Ladder,
): Lanes {
  const renditions: Rendition[] = video ? encodedRenditions(video, ladder) : [];
  const whole = { renditions, audios };
  const [best] = renditions;
  const storyboard = best ? planStoryboard(best, probe.durationSeconds) : null;
  const download = planDownload(best, audios);
  const lowest = renditions.at(-1);
  if (!video || !lowest || !isWorthAnEarlyStart(video, renditions, probe.durationSeconds))
    return { lanes: [{ make: whole, publish: whole, storyboard, download: 'after' }], download };
  const first = { renditions: [lowest], audios };
  const others = { renditions: renditions.slice(0, -1), audios: [] };
  return {
    lanes: [
      { make: first, publish: first, storyboard: null, download: null },
      { make: others, publish: whole, storyboard, download: fitsMp4(video) ? 'beside' : 'after' },
    ],
    download,
  };
}

/** What x264 at our presets costs for a pixel, where decoding one costs 1: measured for H.264 and HEVC sources, 2 to 4. */
const encodingCost = 3;
const leastGain = 3;
/** Below this the whole ladder is there in little time. */
const shortSeconds = 20;

/**
 * Whether the lowest rendition alone is there much sooner than the whole ladder: it is then published first, at the price
 * of decoding the source twice.
 */
function isWorthAnEarlyStart(video: VideoStream, renditions: Rendition[], durationSeconds: number): boolean {
  const pixels = renditions.map(({ width, height }) => width * height);
  const cost = (encoded: number[]) =>
    video.width * video.height + encodingCost * encoded.reduce((sum, one) => sum + one, 0);
  return durationSeconds > shortSeconds && cost(pixels) >= leastGain * cost(pixels.slice(-1));
}

/** Not every container tells a stream's bitrate; the file's, less that of the sound, is close. */
function videoBitrate(
  video: VideoStream,
  { bitrateBps, sizeBytes, durationSeconds, audios }: SourceProbe,
): number {
  const fileBps = bitrateBps || (sizeBytes * 8) / Math.max(durationSeconds, 0.1);
  return video.bitrateBps ?? fileBps - audios.reduce((sum, audio) => sum + (audio.bitrateBps ?? 0), 0);
}
