import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { AudioStream, SourceProbe, TextStream, VideoStream } from '@/lib/media/source-probe';
import { toLanguage } from './language';
import { playedSeconds } from './played-seconds';
import { checkStreamCount } from './probe-caps';

const number = z.coerce.number().refine(Number.isFinite).optional().catch(undefined);
const string = z.string().optional().catch(undefined);

const streamSchema = z.object({
  index: z.number(),
  codec_type: string,
  codec_name: string,
  profile: string,
  width: number,
  height: number,
  pix_fmt: string,
  bits_per_raw_sample: number,
  has_b_frames: number,
  field_order: string,
  sample_aspect_ratio: string,
  avg_frame_rate: string,
  r_frame_rate: string,
  color_transfer: string,
  color_space: string,
  color_primaries: string,
  bit_rate: number,
  start_time: number,
  duration: number,
  channels: number,
  sample_rate: number,
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(z.object({ rotation: number })).optional(),
});
type RawStream = z.output<typeof streamSchema>;
type StreamFields = Omit<TextStream, 'role'>;

const packetSchema = z.object({
  side_data_list: z
    .array(z.object({ side_data_type: string }))
    .optional()
    .catch(undefined),
});

const probeSchema = z.object({
  format: z.object({
    format_name: z.string(),
    start_time: number,
    duration: number,
    size: number,
    bit_rate: number,
  }),
  streams: z.array(streamSchema).default([]),
  packets: z.array(packetSchema).default([]),
});

/**
 * Turns ffprobe's JSON into a source probe. Cover pictures are not counted as video.
 * @throws AppError `video-too-complex` when it tells of too many streams, `source-encrypted`
 */
export function parseProbe(text: string): SourceProbe {
  const { format, streams, packets } = probeSchema.parse(JSON.parse(text));
  checkStreamCount(streams.length);
  if (packets.some(isEncrypted)) throw encryptedSource();
  const ofType = (type: string) => streams.filter((stream) => stream.codec_type === type);
  const videos = ofType('video').filter(isPicture);
  const audios = ofType('audio').filter(isSound);
  const texts = ofType('subtitle');
  return {
    container: format.format_name,
    durationSeconds:
      texts.length === 0 ? (format.duration ?? 0) : playedSeconds(format, [...videos, ...audios]),
    startSeconds: format.start_time ?? 0,
    sizeBytes: format.size ?? 0,
    bitrateBps: format.bit_rate ?? 0,
    videos: videos.map((stream) => ({
      ...videoStream(stream),
      isUntimed: format.format_name === 'avi' && hasReorderedFrames(stream),
    })),
    audios: audios.map(audioStream),
    texts: texts.map(textStream),
  };
}

/** FFmpeg's word for what Common Encryption says of a sample (ISO/IEC 23001-7, 7.2). */
const isEncrypted = ({ side_data_list: data }: z.output<typeof packetSchema>) =>
  data?.some(({ side_data_type: type }) => type === 'Encryption info') ?? false;

export const encryptedSource = () =>
  new AppError('source-encrypted', 'The file is encrypted already. Upload the video as it was before.', {
    field: 'file',
  });

const isPicture = (stream: RawStream) =>
  stream.disposition?.attached_pic !== 1 && (stream.width ?? 0) > 0 && (stream.height ?? 0) > 0;

const isSound = (stream: RawStream) => (stream.channels ?? 0) > 0 && (stream.sample_rate ?? 0) > 0;

function commonFields(stream: RawStream): StreamFields {
  const tags = stream.tags ?? {};
  return {
    index: stream.index,
    codec: stream.codec_name ?? 'unknown',
    profile: stream.profile ?? '',
    language: toLanguage(tags.language),
    title: cleanTitle(tags.title),
    startSeconds: stream.start_time ?? null,
    isDefault: stream.disposition?.default === 1,
  };
}

/** Frames that are decoded in another order than they are shown in. */
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
    // ffprobe tells the counter-clockwise angle of the display matrix; players turn by its opposite.
    rotationDegrees: (((Math.round(-rotation / 90) * 90) % 360) + 360) % 360,
    isInterlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    pixelAspect: fraction(stream.sample_aspect_ratio) || 1,
    colorTransfer: stream.color_transfer ?? null,
    colorMatrix: specified(stream.color_space),
    colorPrimaries: specified(stream.color_primaries),
  };
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

/** `30000/1001` or `4:3` as a number; 0 when it says nothing. */
function fraction(text: string | undefined): number {
  const [over, under] = (text ?? '').split(/[/:]/).map(Number);
  return over && under ? over / under : 0;
}
