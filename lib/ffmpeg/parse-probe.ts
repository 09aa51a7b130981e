import { AppError } from '@/lib/base/errors';
import type { AudioStream, SourceProbe, TextStream, VideoStream } from '@/lib/media/source-probe';
import { chooseStreams, codecLabel } from './choose-streams';
import { toLanguage } from './language';
import { playedSeconds } from './played-seconds';
import { checkStreamCount } from './probe-caps';
import { type RawProbe, type RawStream, readRawProbe } from './raw-probe';

type StreamFields = Omit<TextStream, 'role'>;

/**
 * Turns ffprobe's JSON into a source probe. `stills` are the indexes of video streams that are known to hold
 * one frame.
 * @throws AppError `video-too-complex` when there are too many streams, `source-encrypted`
 */
export function parseProbe(text: string, stills: readonly number[] = []): SourceProbe {
  return sourceProbe(readRawProbe(text), stills);
}

/** Turns ffprobe's parsed JSON into a source probe. Parameters and errors: see parseProbe. */
export function sourceProbe(raw: RawProbe, stills: readonly number[]): SourceProbe {
  const { format, streams, packets } = raw;
  checkStreamCount(streams.length);
  if (packets.some(isEncryptedPacket) || streams.some(isEncryptedStream)) throw encryptedSource();
  const { videos, audios, texts, cover, leftOut } = chooseStreams(raw, stills);
  const whole = { ...format, duration: lengthOf(format) };
  const played = [...videos.slice(0, 1), ...audios];
  // The header of an MP4 may count what its edit lists leave out.
  const isWhole = streams.length === played.length && !format.format_name.split(',').includes('mov');
  return {
    container: format.format_name,
    durationSeconds: Math.max(
      isWhole ? whole.duration : playedSeconds(whole, played),
      ...played.map((stream) => countedSeconds(format.format_name, stream)),
    ),
    startSeconds: format.start_time ?? 0,
    sizeBytes: format.size ?? 0,
    bitrateBps: format.bit_rate ?? 0,
    videos: videos.map((stream) => ({
      ...videoStream(stream),
      isUntimed: format.format_name === 'avi' && hasReorderedFrames(stream),
    })),
    audios: audios.map(audioStream),
    texts: texts.map(textStream),
    cover: cover && videoStream(cover),
    leftOut,
  };
}

/** Shorter starts are encoder delay, and within what headers round. */
const leastStartSeconds = 0.5;

/**
 * Seconds from a file's start to its end. The headers of MP4 and Matroska give the end, on a clock that may
 * start late.
 */
function lengthOf({
  format_name: container,
  duration = 0,
  start_time: start = 0,
}: RawProbe['format']): number {
  const countsFromZero = ['mov', 'matroska'].some((name) => container.split(',').includes(name));
  return countsFromZero && start >= leastStartSeconds ? Math.max(0, duration - start) : duration;
}

/**
 * Seconds of an AVI stream by the frame count of its header, 0 for other containers: FFmpeg reduces the
 * duration of a file that is cut off in proportion to its size.
 */
function countedSeconds(container: string, { nb_frames: count, avg_frame_rate: rate }: RawStream): number {
  const framesPerSecond = fraction(rate);
  return container === 'avi' && framesPerSecond > 0 ? (count ?? 0) / framesPerSecond : 0;
}

/** FFmpeg's name for the Common Encryption data of a sample (ISO/IEC 23001-7, 7.2). */
const isEncryptedPacket = ({ side_data_list: data }: RawProbe['packets'][number]) =>
  data?.some(({ side_data_type: type }) => type === 'Encryption info') ?? false;

export const encryptedSource = () =>
  new AppError('source-encrypted', 'The file is already encrypted. Upload the unencrypted original.', {
    field: 'file',
  });

/**
 * Matroska describes its encryption with the track, not with packets (RFC 9559, 5.1.4.1.31.8), FairPlay in
 * the name of the sample entry, and Apple's SAMPLE-AES in MPEG-TS in the stream type.
 */
function isEncryptedStream({ tags = {}, codec_tag_string: entry = '', codec_tag: type = '' }: RawStream) {
  const hasKeyId = Object.keys(tags).some((name) => name.toLowerCase() === 'enc_key_id');
  return hasKeyId || fairPlayEntries.includes(entry) || sampleAesTypes.includes(Number(type));
}

const fairPlayEntries = ['drmi', 'drms', 'drmt'];
/** H.264, AAC, AC-3 and E-AC-3 of "MPEG-2 Stream Encryption Format for HTTP Live Streaming", 2.2. */
const sampleAesTypes = [0xdb, 0xcf, 0xc1, 0xc2];

function commonFields(stream: RawStream): StreamFields {
  const tags = stream.tags ?? {};
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    codecLabel: codecLabel(stream),
    profile: stream.profile ?? '',
    language: toLanguage(tags.language),
    title: cleanTitle(tags.title),
    startSeconds: stream.start_time ?? null,
    isDefault: stream.disposition?.default === 1,
  };
}

/** Whether frames are decoded in another order than they are displayed in. */
const hasReorderedFrames = (stream: RawStream) => (stream.has_b_frames ?? 0) > 0;

/** A title fit for manifests: XML 1.0 allows no control characters. */
function cleanTitle(title: string | undefined): string | null {
  return (
    title
      ?.replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 200) || null
  );
}

/**
 * Whether a display matrix (ISO/IEC 14496-12, 6.2.2), as ffprobe prints it in three numbered rows, does more
 * than rotate by a multiple of 90 degrees and scale. Its determinant is negative where it mirrors.
 */
function isMirrored(text: string): boolean {
  const rows = text.trim().split('\n');
  const [[a = 1, b = 0] = [], [c = 0, d = 1] = []] = rows.map((row) =>
    row.replace(/^\d+:/, '').trim().split(/\s+/).map(Number),
  );
  if (text === '') return false;
  const isQuarter = (b === 0 && c === 0) || (a === 0 && d === 0);
  return a * d - b * c <= 0 || !isQuarter;
}

function videoStream(stream: RawStream): VideoStream {
  const pixelFormat = stream.pix_fmt ?? '';
  const rotation = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  return {
    ...commonFields(stream),
    width: stream.width ?? 0,
    height: stream.height ?? 0,
    pixelFormat,
    bitsPerSample: stream.bits_per_raw_sample || Number(/p(\d\d)(le|be)$/.exec(pixelFormat)?.[1] ?? 8),
    framesPerSecond: fraction(stream.avg_frame_rate) || fraction(stream.r_frame_rate) || 25,
    bitrateBps: stream.bit_rate ?? null,
    // ffprobe reports the counter-clockwise angle of the display matrix; players turn by its opposite.
    rotationDegrees: (((Math.round(-rotation / 90) * 90) % 360) + 360) % 360,
    isMirrored: isMirrored(stream.side_data_list?.find((data) => data.displaymatrix)?.displaymatrix ?? ''),
    isInterlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    pixelAspect: fraction(stream.sample_aspect_ratio) || 1,
    colorTransfer: stream.color_transfer ?? null,
    colorMatrix: specified(stream.color_space),
    colorPrimaries: specified(stream.color_primaries),
    dolbyVisionOnly: dolbyVisionOnly(stream),
  };
}

/**
 * The Dolby Vision profile whose base layer has its own color space (compatibility 0), such as 5; null for
 * all others.
 */
function dolbyVisionOnly({ side_data_list: data = [] }: RawStream): number | null {
  const found = data.find(({ dv_bl_signal_compatibility_id: compatibility }) => compatibility === 0);
  return found?.dv_profile ?? null;
}

const specified = (color: string | undefined) =>
  color === undefined || ['unknown', 'unspecified', 'reserved'].includes(color) ? null : color;

function audioStream(stream: RawStream): AudioStream {
  return {
    ...commonFields(stream),
    role: audioRole(stream.disposition ?? {}),
    channels: stream.channels ?? 0,
    sampleRateHz: stream.sample_rate ?? 0,
    bitrateBps: stream.bit_rate ?? null,
  };
}

function audioRole(disposition: Record<string, number>): AudioStream['role'] {
  if (disposition.comment === 1) return 'commentary';
  if (disposition.dub === 1) return 'dub';
  return disposition.visual_impaired === 1 ? 'description' : null;
}

function textStream(stream: RawStream): TextStream {
  return { ...commonFields(stream), role: textRole(stream.disposition ?? {}) };
}

function textRole(disposition: Record<string, number>): TextStream['role'] {
  if (disposition.forced === 1) return 'forced-subtitle';
  return disposition.hearing_impaired === 1 || disposition.captions === 1 ? 'caption' : null;
}

/** `30000/1001` or `4:3` as a number; 0 when it has no value. */
function fraction(text: string | undefined): number {
  const [over, under] = (text ?? '').split(/[/:]/).map(Number);
  return over && under ? over / under : 0;
}
