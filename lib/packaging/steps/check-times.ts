import path from 'node:path';
import { AppError } from '@/lib/errors';
import type { PlannedAudio, Rendition, TrackSet } from '@/lib/media/package-plan';
import type { SourceSurvey, VideoSurvey } from '@/lib/media/source-survey';
import { roundSeconds } from '@/lib/media/video-clock';
import { compareFrames } from '@/lib/verify/compare-frames';
import { readTrackTimes, type TrackTimes } from '@/lib/verify/track-times';

/** For copies: the rounding of containers, and the padding of encoders. */
const endToleranceSeconds = 0.25;
/** For encoded audio: less may be the coding of the last packet. */
const leastMissingSeconds = 0.5;
/** Up to this many frames that could not be decoded are not reported. */
const fewFrames = 5;
const smallShare = 0.02;

/** The times of all tracks of a version, by file. */
export type VersionTimes = Map<string, TrackTimes>;

/** Reads the presentation times of a version's encrypted tracks. Errors: see readTrackTimes. */
export async function readVersionTimes(folder: string, names: string[]): Promise<VersionTimes> {
  const times: VersionTimes = new Map();
  for (const name of names) times.set(`${name}.mp4`, await readTrackTimes(path.join(folder, `${name}.mp4`)));
  return times;
}

/** The end of the longest track in seconds, which is the duration of the presentation. */
export const presentationEnd = (times: VersionTimes): number =>
  roundSeconds(Math.max(0, ...Array.from(times.values(), ({ endSeconds }) => endSeconds)));

/**
 * Compares the tracks to be published with their source: the displayed frames, by count and time, and the end
 * of each track.
 * @returns what could not be decoded, in words for a person
 * @throws AppError `verify-failed` where a copy differs, or a track has extra frames
 */
export function checkTimes(tracks: TrackSet, survey: SourceSurvey, times: VersionTimes): string[] {
  const of = (name: string) => times.get(`${name}.mp4`) ?? { framesSeconds: [], endSeconds: 0 };
  for (const { name, mode, stream } of tracks.audios) {
    const wanted = survey.audios.get(stream.index)?.endSeconds;
    if (mode !== 'copy' || wanted === undefined) continue;
    if (Math.abs(of(name).endSeconds - wanted) > endToleranceSeconds) throw differs(name);
  }
  const silent = tracks.audios.flatMap((audio) => shortAudio(audio, survey, of(audio.name)));
  const { video } = survey;
  if (!video) return silent;
  const missing = tracks.renditions.map((rendition) => checkRendition(rendition, video, of(rendition.name)));
  const most = Math.max(0, ...missing);
  if (most <= Math.max(fewFrames, video.framesSeconds.length * smallShare)) return silent;
  const all = video.framesSeconds.length;
  return [
    `${most} of the ${all} frames are not carried: they could not be decoded, or their times overlap.`,
    ...silent,
  ];
}

/** A sentence that encoded audio ends before its source does. */
function shortAudio(
  { mode, label, stream, padToSeconds, hasCuts }: PlannedAudio,
  { audios }: SourceSurvey,
  { endSeconds }: TrackTimes,
): string[] {
  // FFmpeg lists the packets after a second edit at other times than those at which they play.
  const wanted = hasCuts ? 0 : Math.max(audios.get(stream.index)?.endSeconds ?? 0, padToSeconds ?? 0);
  if (mode === 'copy' || wanted - endSeconds <= Math.max(leastMissingSeconds, wanted * smallShare)) return [];
  const [at, whole] = [endSeconds, wanted].map((seconds) => seconds.toFixed(1));
  return [`The audio "${label}" ends at ${at} s of ${whole} s: the rest could not be decoded.`];
}

/**
 * Whether packets and frames can be compared by count: field-coded video has two packets per frame, and some
 * packets of VP8 and MPEG-4 part 2 are never displayed.
 */
const isCountable = ({ stream }: Rendition) =>
  ['h264', 'hevc', 'vp9', 'av1', 'mjpeg', 'prores'].includes(stream.codec) && !stream.isInterlaced;

/** @returns the number of missing frames */
function checkRendition(rendition: Rendition, video: VideoSurvey, { framesSeconds }: TrackTimes): number {
  const { name, mode } = rendition;
  const step = Math.max(1, Math.round(rendition.stream.framesPerSecond / rendition.framesPerSecond));
  const expected = [0, ...video.framesSeconds.slice(1)].filter((_, i) => i % step === 0);
  const { missing, invented } = compareFrames(framesSeconds, expected);
  if (mode === 'copy' && missing + invented > 0) throw differs(name);
  if (framesSeconds.length > expected.length && video.untimedPackets === 0) throw differs(name);
  // By count: FFmpeg gives the packets of a second edit other times than their frames.
  return mode === 'encode' && isCountable(rendition) ? expected.length - framesSeconds.length : 0;
}

const differs = (name: string) =>
  new AppError('verify-failed', `The track ${name}.mp4 does not match its source.`);
