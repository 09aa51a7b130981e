import type { LeftOut } from '@/lib/media/source-probe';
import { canDecode } from './args/decoders';
import { toLanguage } from './language';
import { isTooLarge } from './probe-caps';
import type { RawProbe, RawProgram, RawStream } from './raw-probe';

/** The streams that packages are made of, and those that are left out. */
export interface ChosenStreams {
  /** The main one first; the others replace it where nothing of it can be decoded. */
  videos: RawStream[];
  audios: RawStream[];
  texts: RawStream[];
  /** An image that stands for audio without video. */
  cover: RawStream | null;
  leftOut: LeftOut[];
}

/**
 * Chooses among the streams of a file: one program of a multiplex, its video, all its audio and text. An
 * image, or a video of one frame beside audio, is cover art. `stills` are the indexes of video streams known
 * to hold one frame.
 */
export function chooseStreams({ streams, programs }: RawProbe, stills: readonly number[]): ChosenStreams {
  const video = mainVideo(movingVideos(streams, stills)) ?? streams.find(isReadableAudio);
  const { inside, leftOut } = oneProgram(streams, programs, video);
  const moving = movingVideos(inside, stills);
  const main = mainVideo(moving);
  const videos = moving.filter((stream) => stream !== main && !isTooLarge(sizeOf(stream)));
  if (main) videos.unshift(main);
  const images = inside.filter(
    (stream) => isVideo(stream) && !moving.includes(stream) && isImage(stream, stills),
  );
  const cover = main ? null : (images.find(isReadableVideo) ?? null);
  const audios = inside.filter(isReadableAudio);
  const texts = inside.filter(({ codec_type: type }) => type === 'subtitle');
  const kept = [...videos, cover, ...audios, ...texts];
  return {
    videos,
    audios,
    texts,
    cover,
    leftOut: [
      ...inside
        .filter((stream) => !kept.includes(stream))
        .map((stream) => leave(stream, images.includes(stream))),
      ...leftOut,
    ],
  };
}

/** Video streams beside audio that may hold one frame only: their packets must be counted. */
export function possibleStills({ streams, packets }: RawProbe): number[] {
  if (!streams.some(isReadableAudio)) return [];
  const seen = (index: number) => packets.filter(({ stream_index: of }) => of === index).length;
  return streams
    .filter((stream) => isReadableVideo(stream) && !isMarkedImage(stream))
    .filter(({ index, nb_frames: count }) => count === undefined && seen(index) < 2)
    .map(({ index }) => index);
}

const isVideo = ({ codec_type: type }: RawStream) => type === 'video';
const isDecodable = ({ codec_name: codec = '' }: RawStream) => canDecode(codec);
const isReadableVideo = (stream: RawStream) =>
  isVideo(stream) && isDecodable(stream) && sizeOf(stream).width > 0 && sizeOf(stream).height > 0;
const sizeOf = ({ width = 0, height = 0 }: RawStream) => ({ width, height });
const isReadableAudio = (stream: RawStream) =>
  stream.codec_type === 'audio' &&
  isDecodable(stream) &&
  (stream.channels ?? 0) > 0 &&
  (stream.sample_rate ?? 0) > 0;

const isMarkedImage = ({ disposition = {} }: RawStream) =>
  disposition.attached_pic === 1 || disposition.still_image === 1 || disposition.timed_thumbnails === 1;

const isImage = (stream: RawStream, stills: readonly number[]) =>
  isMarkedImage(stream) || stream.nb_frames === 1 || stills.includes(stream.index);

/** One frame without audio is a short video; beside audio it is cover art. */
function movingVideos(streams: RawStream[], stills: readonly number[]): RawStream[] {
  const hasAudio = streams.some(isReadableAudio);
  return streams.filter(
    (stream) => isReadableVideo(stream) && !(hasAudio ? isImage(stream, stills) : isMarkedImage(stream)),
  );
}

/** The one marked as default, else the first. */
const mainVideo = (videos: RawStream[]) =>
  videos.find(({ disposition }) => disposition?.default === 1) ?? videos[0];

/**
 * The streams of the program that holds the main stream, and those of no program; the other programs are left
 * out as a whole.
 */
function oneProgram(streams: RawStream[], programs: RawProgram[], main: RawStream | undefined) {
  const has = (program: RawProgram, { index }: RawStream) =>
    program.streams.some((stream) => stream.index === index);
  const chosen = programs.find((program) => main && has(program, main));
  if (!chosen) return { inside: streams, leftOut: [] };
  const inside = streams.filter(
    (stream) => has(chosen, stream) || !programs.some((program) => has(program, stream)),
  );
  const others = programs.filter((program) => program !== chosen && program.streams.length > 0);
  const leftOut = others.map((program): LeftOut => {
    const held = streams.filter((stream) => has(program, stream));
    const title = program.tags?.service_name
      ?.replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 200);
    return { kind: 'program', why: 'one-more', codec: contents(held), language: 'und', title: title || null };
  });
  return { inside, leftOut };
}

/** Such as `1 video, 2 audio`. */
function contents(streams: RawStream[]): string {
  const count = (wanted: string) => streams.filter(({ codec_type: type }) => type === wanted).length;
  const counts = ['video', 'audio', 'subtitle'].map((type) => [count(type), type] as const);
  return counts.flatMap(([number, type]) => (number > 0 ? [`${number} ${type}`] : [])).join(', ');
}

function leave(stream: RawStream, isCover: boolean): LeftOut {
  const { codec_type: type, tags = {} } = stream;
  const fields = {
    codec: codecLabel(stream),
    language: toLanguage(tags.language),
    title:
      tags.title
        ?.replaceAll(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 200) || null,
  };
  if (type === 'attachment') return { ...fields, kind: 'attachment', why: 'kind' };
  if (isChapters(stream)) return { ...fields, kind: 'chapters', why: 'kind' };
  if (type !== 'video' && type !== 'audio') return { ...fields, kind: 'data', why: 'kind' };
  const kind = isCover ? 'cover' : type;
  if (!isDecodable(stream)) return { ...fields, kind, why: 'no-decoder' };
  const isReadable = isReadableVideo(stream) || isReadableAudio(stream);
  return { ...fields, kind, why: isReadable ? 'one-more' : 'unreadable' };
}

/** The titles of chapters in QuickTime, which FFmpeg takes for data. */
const isChapters = ({ codec_name: codec, codec_tag_string: tag }: RawStream) =>
  codec === 'bin_data' && tag === 'text';

/** A codec by its common name; where FFmpeg does not know it, the container's name for it. */
export function codecLabel({
  codec_name: codec,
  codec_long_name: long,
  codec_tag_string: tag = '',
}: RawStream): string {
  if (codec === 'ac3') return 'AC-3';
  if (codec === 'eac3') return 'E-AC-3';
  if (codec && long && codec !== 'unknown') return long.replace(/\s*[(/].*$/, '').slice(0, 60);
  return /^[\w .-]{1,8}$/.test(tag) ? tag.trim() : (codec ?? 'unknown');
}
