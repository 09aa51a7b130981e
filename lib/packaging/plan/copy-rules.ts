import { toBt709 } from '@/lib/ffmpeg/args/video-filter';
import type { CopiedAvc, CopiedTrack } from '@/lib/formats/mp4-files/inspect-copy';
import { type AudioStream, isUntaggedSd, type VideoStream } from '@/lib/media/source-probe';
import type { AudioSurvey, VideoSurvey } from '@/lib/media/source-survey';
import { toTicks } from '@/lib/media/video-clock';

/**
 * The knowledge of a stream, in the order it is gained: its container's description; the survey of its
 * packets; the headers of a copy. Missing knowledge bars nothing.
 */
export interface KnownVideo {
  stream: VideoStream;
  survey?: VideoSurvey | null | undefined;
  /** The end of the longest stream of the source. */
  presentationEndSeconds?: number | undefined;
  copy?: CopiedTrack | undefined;
}

export interface KnownAudio {
  stream: AudioStream;
  survey?: AudioSurvey | undefined;
  /** The end of the longest stream of the source. */
  presentationEndSeconds?: number;
  copy?: CopiedTrack | undefined;
}

/** The reason why a stream is encoded instead of copied. */
export type CopyBar =
  | 'codec'
  | 'profile'
  | 'level'
  | 'pixel-format'
  | 'untagged-colors'
  | 'colors'
  | 'pixel-aspect'
  | 'display-matrix'
  | 'interlaced'
  | 'no-presentation-times'
  | 'damaged-packets'
  | 'hidden-frames'
  | 'repeated-frames'
  | 'frame-gap'
  | 'starts-without-keyframe'
  | 'keyframes-far-apart'
  | 'random-access-without-idr'
  | 'parameter-sets-change'
  | 'channel-configuration'
  | 'audio-gap'
  | 'audio-overlap'
  | 'audio-drift'
  | 'audio-starts-late'
  | 'audio-ends-early';

/**
 * Players accept segments of this length. It is just above 250 frames at 23.976 fps, x264's default keyframe
 * interval.
 */
const maxKeyframeGapSeconds = 10.5;
/** Chromium plays across a gap of up to two frames between coded frames of Media Source Extensions. */
const maxFrameGapSeconds = 0.15;
/** Where a track starts later than this, players skip the start of the other tracks. */
const maxLateStartSeconds = 0.1;
/**
 * Players play on past the end of a track while the others are at most this much longer: see docs/facts.md.
 */
export const maxEarlyEndSeconds = 5;
/**
 * Clocks differ by 100 parts in a million; where the sample rate changes, packets and times part by percents.
 */
const leastDriftSeconds = 0.15;
const usualDriftShare = 0.001;
/** Recorders' clocks jitter; where timestamps step back, hundreds of packets overlap. */
const fewOverlaps = 2;
const fewOverlapsShare = 0.01;
/** AAC encoders prime with up to 2,112 samples; a longer hidden start was cut away. */
const maxPrimingSeconds = 0.1;

/** The profiles that all browsers play in MP4: 8 bits, 4:2:0. */
const copiedProfiles: Record<string, readonly string[]> = {
  h264: ['Constrained Baseline', 'Baseline', 'Main', 'High'],
  vp9: ['Profile 0'],
  av1: ['Main'],
};

/**
 * ISO/IEC 14496-10, table A-1, as `level_idc`; browsers refuse codec strings (RFC 6381) with any other level.
 */
const avcLevels = [10, 11, 12, 13, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 52, 60, 61, 62];
const avcProfiles = [66, 77, 100];

/**
 * The reason why a video stream may not be copied into a track; null where every browser shows the copy as
 * FFmpeg shows the source, from the first frame to the last.
 */
export function videoCopyBar(known: KnownVideo): CopyBar | null {
  const { stream, survey, copy } = known;
  const own = barByStream(stream);
  if (own) return own;
  const bySurvey = survey ? barBySurvey(survey, known.presentationEndSeconds ?? 0) : null;
  if (bySurvey) return bySurvey;
  return copy?.avc ? barByAvc(copy.avc) : null;
}

function barByStream(stream: VideoStream): CopyBar | null {
  const profiles = copiedProfiles[stream.codec];
  if (!profiles) return 'codec';
  if (!profiles.includes(stream.profile)) return 'profile';
  if (!['yuv420p', 'yuvj420p'].includes(stream.pixelFormat)) return 'pixel-format';
  // Only H.264 copies can be tagged in their headers: other codecs repeat the tags in the container.
  if (isUntaggedSd(stream) && stream.codec !== 'h264') return 'untagged-colors';
  // A screen of BT.709 shows these wrong, and the renditions beside the copy are converted.
  if (toBt709(stream) !== null) return 'colors';
  // The same holds for the shape of pixels, which the container alone may know.
  if (stream.pixelAspect !== 1 && stream.codec !== 'h264') return 'pixel-aspect';
  if (stream.rotationDegrees !== 0 || stream.isMirrored) return 'display-matrix';
  if (stream.isInterlaced) return 'interlaced';
  return stream.isUntimed ? 'no-presentation-times' : null;
}

function barBySurvey(survey: VideoSurvey, presentationEndSeconds: number): CopyBar | null {
  const { framesSeconds, keyframesSeconds, endSeconds } = survey;
  if (survey.untimedPackets > 0) return 'no-presentation-times';
  if (survey.damagedPackets > 0) return 'damaged-packets';
  if (survey.hiddenPackets > 0) return 'hidden-frames';
  if (survey.changesParameters) return 'parameter-sets-change';
  if (survey.hasRepeatedTimes) return 'repeated-frames';
  if (survey.longestGapSeconds > maxFrameGapSeconds) return 'frame-gap';
  // The last frame is held until the presentation ends; that works only if it is decoded last.
  const isHeld = presentationEndSeconds - endSeconds > maxEarlyEndSeconds;
  if (isHeld && !survey.endsInOrder) return 'frame-gap';
  if (keyframesSeconds[0] === undefined || keyframesSeconds[0] !== framesSeconds[0])
    return 'starts-without-keyframe';
  return hasRegularKeyframes(keyframesSeconds, endSeconds) ? null : 'keyframes-far-apart';
}

function hasRegularKeyframes(times: number[], endSeconds: number): boolean {
  const ends = [...times.slice(1), Math.max(endSeconds, times.at(-1) ?? 0)];
  return times.every((time, i) => toTicks((ends[i] ?? time) - time) <= toTicks(maxKeyframeGapSeconds));
}

/**
 * MSE's byte stream format for ISO BMFF, 4: a random access point is an IDR picture; parameter sets are in
 * `avcC`.
 */
function barByAvc(avc: CopiedAvc): CopyBar | null {
  if (!avcProfiles.includes(avc.profileIdc)) return 'profile';
  if (!avcLevels.includes(avc.levelIdc)) return 'level';
  if (!avc.isFrameCoded) return 'interlaced';
  if (!avc.startsWithIdr) return 'random-access-without-idr';
  return avc.hasConstantParameters ? null : 'parameter-sets-change';
}

/**
 * The reason why an audio stream may not be copied into a track; null where it may: AAC-LC plays everywhere.
 */
export function audioCopyBar(known: KnownAudio): CopyBar | null {
  const { stream, survey, copy } = known;
  if (stream.codec !== 'aac') return 'codec';
  if (stream.profile !== 'LC') return 'profile';
  if (stream.channels > 8) return 'channel-configuration';
  const bySurvey = survey ? barByAudioSurvey(survey, stream, known.presentationEndSeconds ?? 0) : null;
  if (bySurvey) return bySurvey;
  if (copy && copy.audioObjectType !== 2) return 'profile';
  // ISO/IEC 14496-3, table 1.19: 0 leaves the channels to the stream, which browsers do not read.
  return copy && !isChannelConfiguration(copy.channelConfiguration) ? 'channel-configuration' : null;
}

const isChannelConfiguration = (value: number | null) => value !== null && value >= 1 && value <= 7;

/** AAC-LC has 1,024 samples in a frame (ISO/IEC 14496-3, 4.5.1.1), which is a packet. */
const samplesInFrame = 1024;

/** Whether packets take another time than their samples play, as after a change of the sample rate. */
function hasDrift({ packets, startSeconds, endSeconds }: AudioSurvey, sampleRateHz: number): boolean {
  const takenSeconds = endSeconds - startSeconds;
  const playedSeconds = (packets * samplesInFrame) / sampleRateHz;
  return Math.abs(takenSeconds - playedSeconds) > leastDriftSeconds + takenSeconds * usualDriftShare;
}

function barByAudioSurvey(
  survey: AudioSurvey,
  { sampleRateHz }: AudioStream,
  presentationEndSeconds: number,
): CopyBar | null {
  if (survey.damagedPackets > 0) return 'damaged-packets';
  if (survey.hasCuts || survey.hiddenSeconds > maxPrimingSeconds) return 'hidden-frames';
  if (survey.changesParameters) return 'parameter-sets-change';
  if (survey.longestGapSeconds > maxFrameGapSeconds) return 'audio-gap';
  if (survey.overlappingPackets > Math.max(fewOverlaps, survey.packets * fewOverlapsShare))
    return 'audio-overlap';
  if (survey.startSeconds > maxLateStartSeconds) return 'audio-starts-late';
  if (presentationEndSeconds - survey.endSeconds > maxEarlyEndSeconds) return 'audio-ends-early';
  return hasDrift(survey, sampleRateHz) ? 'audio-drift' : null;
}

/**
 * The codecs that can be encrypted in plain MP4 and opened again by FFmpeg. FFmpeg (5.1.9) cannot open ALAC.
 * AV1 needs more headers in the clear than lib/formats/cenc supports.
 */
const encryptable = ['h264', 'hevc', 'vp9', 'mpeg4', 'aac', 'ac3', 'eac3', 'mp3', 'opus', 'flac'];

/** The chroma formats that a `vpcC` box can name (VP Codec ISO Media File Format Binding, 1.2). */
const vp9PixelFormat = /^yuv(420|422|444)p(10le|12le)?$/;

/** The properties of a stream that the download depends on: a part of its probe. */
export interface DownloadedStream {
  codec: string;
  pixelFormat?: string;
  isUntimed?: boolean | undefined;
}

/**
 * Whether the encrypted download can carry a stream unchanged. AVI with B-frames has no presentation times:
 * FFmpeg would write decoding times instead, and can generate correct ones (`genpts`) only for some codecs. A
 * copy would show what an edit list hides in more than one place.
 */
export function fitsMp4(
  { codec, pixelFormat, isUntimed = false }: DownloadedStream,
  survey?: (Pick<VideoSurvey, 'damagedPackets'> & Partial<VideoSurvey>) | null,
): boolean {
  if (!encryptable.includes(codec) || isUntimed) return false;
  if (codec === 'vp9' && pixelFormat !== undefined && !vp9PixelFormat.test(pixelFormat)) return false;
  return (
    !survey ||
    (survey.damagedPackets === 0 &&
      !survey.hidesLater &&
      !survey.hasRepeatedTimes &&
      !survey.changesParameters)
  );
}
