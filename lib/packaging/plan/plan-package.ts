import type { Ladder } from '@/lib/media/ladder';
import type {
  DownloadStream,
  PackagePlan,
  PlannedAudio,
  PlannedVersion,
  Rendition,
  TrackSet,
} from '@/lib/media/package-plan';
import type { SourceProbe, VideoStream } from '@/lib/media/source-probe';
import {
  averageFrameRate,
  holdsFrames,
  type SourceFacts,
  type SourceSurvey,
} from '@/lib/media/source-survey';
import { maxEarlyEndSeconds, videoCopyBar } from './copy-rules';
import { copiedRendition, encodedRenditions, ladderBelowCopy } from './plan-ladder';
import { planStoryboard } from './plan-storyboard';
import { fitsDownload, planAudios, planDownload } from './plan-tracks';
import { segmentStarts } from './segment-starts';

/**
 * The video stream that is packaged: the one marked as default, else the first, of those that are not empty.
 */
export function mainVideo({ videos }: Pick<SourceProbe, 'videos'>): VideoStream | undefined {
  const readable = videos.filter(({ isEmpty }) => !isEmpty);
  return readable.find(({ isDefault }) => isDefault) ?? readable[0];
}

/** The streams that a poster may be made from, the best first: the main video, the others, cover art. */
export function posterStreams(probe: SourceProbe): VideoStream[] {
  const main = mainVideo(probe);
  const others = probe.videos.filter((stream) => stream !== main && !stream.isEmpty);
  return [...(main ? [main] : []), ...others, ...(probe.cover ? [probe.cover] : [])];
}

/** The indexes of the source streams that packages are made of. */
export function sourceStreams(probe: SourceProbe): number[] {
  return usedStreams(probe).map(({ index }) => index);
}

function usedStreams(probe: SourceProbe) {
  const video = mainVideo(probe);
  return [...(video ? [video] : []), ...probe.audios.filter(({ isEmpty }) => !isEmpty)];
}

/**
 * Plans everything that is made of a source. Where the video can be copied, the first version holds the copy,
 * playable in seconds, and the second the ladder. Otherwise the first holds the lowest rendition, if that is
 * ready much sooner. What is published already is not published again.
 */
export function planPackage(
  probe: SourceProbe,
  facts: SourceFacts,
  ladder: Ladder,
  published: Published = nothingPublished,
): PackagePlan {
  const { survey, refused } = facts;
  const known = { ...probe, durationSeconds: survey?.endSeconds || probe.durationSeconds };
  const video = surveyedVideo(probe, facts);
  const audios = planAudios(probe.audios, [], facts);
  const isCopied =
    video !== undefined &&
    !refused.has(video.index) &&
    videoCopyBar({
      stream: video,
      survey: survey?.video,
      presentationEndSeconds: survey?.endSeconds,
    }) === null;
  const { lanes, download } = isCopied
    ? copyFirst(video, known, audios, ladder, facts)
    : encodeAll(video, known, audios, ladder, facts);
  const keyframes = survey?.video?.keyframesSeconds ?? [];
  const best = lanes.at(-1)?.publish.renditions[0];
  return {
    versions: numbered(lanes, published),
    download,
    downloadOfTracks: planDownload(best, audios, () => false),
    streams: sourceStreams(probe),
    durationSeconds: known.durationSeconds,
    videoEndSeconds: survey ? videoEnd(survey) : null,
    segmentSeconds: ladder.segmentSeconds,
    keyframes: isCopied
      ? // The first frame is moved to zero.
        { atSeconds: segmentStarts([0, ...keyframes.slice(1)], ladder.segmentSeconds) }
      : { everySeconds: ladder.keyframeSeconds },
    preset: ladder.preset,
    holdsFrames: holdsAny(survey),
    guessesTimes: (survey?.video?.untimedPackets ?? 0) > 0,
  };
}

/** What is published of a package when its versions are planned. */
export interface Published {
  /** The number of its next version. */
  nextVersion: number;
  /** Whether it can be played: then only its last version is published again. */
  isServed: boolean;
  hasDownload: boolean;
}

const nothingPublished: Published = { nextVersion: 1, isServed: false, hasDownload: false };

/** The part of the job that a version takes which is ready much sooner than the next one. */
export const earlyShare = [0, 0.1] as const;

function numbered(lanes: Lane[], { nextVersion, isServed, hasDownload }: Published): PlannedVersion[] {
  const [first, last] = lanes;
  const download = (lane: Lane) => (hasDownload ? null : lane.download);
  const whole = { isLast: true, share: [0, 1] } as const;
  if (!first || !last)
    return lanes.map((lane) => ({ ...lane, ...whole, number: nextVersion, download: download(lane) }));
  const early = { isLast: false, number: isServed ? null : nextVersion, share: earlyShare } as const;
  const number = isServed ? nextVersion : nextVersion + 1;
  return [
    { ...first, ...early },
    { ...last, isLast: true, number, share: [earlyShare[1], 1], download: download(last) },
  ];
}

/** The main video with its measured frame rate: containers guess. */
function surveyedVideo(probe: SourceProbe, { survey }: SourceFacts): VideoStream | undefined {
  const video = mainVideo(probe);
  const framesPerSecond = survey?.video ? averageFrameRate(survey.video) : null;
  return video && framesPerSecond !== null ? { ...video, framesPerSecond } : video;
}

/**
 * The end of the last frame. It is held to the end of the presentation where other streams go on for longer
 * than players play without video.
 */
function videoEnd({ video, endSeconds }: SourceSurvey): number | null {
  if (!video) return null;
  return endSeconds - video.endSeconds > maxEarlyEndSeconds ? endSeconds : video.endSeconds;
}

/** Whether any frame is held for long, including the last one until the end of other streams. */
function holdsAny(survey: SourceSurvey | null): boolean {
  if (!survey?.video) return false;
  return holdsFrames({ ...survey.video, endSeconds: videoEnd(survey) ?? survey.video.endSeconds });
}

/** The tracks of the fast lane for a source whose video can be copied. */
export function copiedTracks(video: VideoStream, { audios }: SourceProbe, facts: SourceFacts): TrackSet {
  return { renditions: [copiedRendition(video)], audios: planAudios(audios, [], facts) };
}

/** A version without what depends on what is published. */
type Lane = Omit<PlannedVersion, 'number' | 'isLast' | 'share'>;

interface Lanes {
  lanes: Lane[];
  download: DownloadStream[];
}

function copyFirst(
  video: VideoStream,
  probe: SourceProbe,
  audios: PlannedAudio[],
  ladder: Ladder,
  facts: SourceFacts,
): Lanes {
  const fits = fitsDownload(facts.survey);
  const copied = copiedRendition(video);
  const all = ladderBelowCopy(copied, videoBitrate(video, probe), ladder);
  const encoded = all.filter(({ mode }) => mode === 'encode');
  const fast = { renditions: [copied], audios };
  const storyboard = planStoryboard(copied, probe.durationSeconds);
  // Before the ladder exists, the download can only be made from the source.
  const download = fits(video) ? 'beside' : 'after';
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
    download: planDownload(download === 'beside' ? copied : encoded[0], audios, fits),
  };
}

function encodeAll(
  video: VideoStream | undefined,
  probe: SourceProbe,
  audios: PlannedAudio[],
  ladder: Ladder,
  facts: SourceFacts,
): Lanes {
  const fits = fitsDownload(facts.survey);
  const renditions: Rendition[] = video ? encodedRenditions(video, ladder) : [];
  const whole = { renditions, audios };
  const [best] = renditions;
  const storyboard = best ? planStoryboard(best, probe.durationSeconds) : null;
  const download = planDownload(best, audios, fits);
  const lowest = renditions.at(-1);
  if (!video || !lowest || !isWorthAnEarlyStart(video, renditions, probe.durationSeconds))
    return { lanes: [{ make: whole, publish: whole, storyboard, download: 'after' }], download };
  const first = { renditions: [lowest], audios };
  const others = { renditions: renditions.slice(0, -1), audios: [] };
  return {
    lanes: [
      { make: first, publish: first, storyboard: null, download: null },
      { make: others, publish: whole, storyboard, download: fits(video) ? 'beside' : 'after' },
    ],
    download,
  };
}

/**
 * The cost of encoding a pixel with x264 at our presets, relative to decoding one: measured for H.264 and
 * HEVC sources, 2 to 4.
 */
const encodingCost = 3;
const leastGain = 3;
/** Below this duration, the whole ladder is ready soon. */
const shortSeconds = 20;

/**
 * Whether the lowest rendition alone is ready much sooner than the whole ladder: it is then published first,
 * at the price of decoding the source twice.
 */
function isWorthAnEarlyStart(video: VideoStream, renditions: Rendition[], durationSeconds: number): boolean {
  const pixels = renditions.map(({ width, height }) => width * height);
  const cost = (encoded: number[]) =>
    video.width * video.height + encodingCost * encoded.reduce((sum, one) => sum + one, 0);
  return durationSeconds > shortSeconds && cost(pixels) >= leastGain * cost(pixels.slice(-1));
}

/**
 * The bit rate of a video stream. Where the container does not state it, the file's, less that of the audio,
 * is close.
 */
function videoBitrate(
  video: VideoStream,
  { bitrateBps, sizeBytes, durationSeconds, audios }: SourceProbe,
): number {
  const fileBps = bitrateBps || (sizeBytes * 8) / Math.max(durationSeconds, 0.1);
  return video.bitrateBps ?? fileBps - audios.reduce((sum, audio) => sum + (audio.bitrateBps ?? 0), 0);
}
