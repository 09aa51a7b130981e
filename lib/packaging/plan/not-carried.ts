import type { AudioStream, LeftOut, SourceProbe, VideoStream } from '@/lib/media/source-probe';
import { mainVideo } from './plan-package';
import { languageName } from './track-label';

/**
 * The video, audio and other streams of a source that packages do not carry, or cannot show right, each in a
 * sentence for a person. Streams with the same description share one sentence.
 */
export function notCarried(probe: SourceProbe): string[] {
  const { leftOut = [], videos, audios } = probe;
  const video = mainVideo(probe);
  const attachments = leftOut.filter(({ kind }) => kind === 'attachment');
  const others = [
    ...videos.filter((stream) => stream !== video).map((stream) => leave('video', stream)),
    ...audios.filter(({ isEmpty }) => isEmpty).map((stream) => leave('audio', stream)),
    ...leftOut.filter(({ kind }) => kind !== 'attachment'),
  ];
  return [
    ...new Set(others.map(sentence)),
    ...(attachments.length > 0 ? [attachedFiles(attachments)] : []),
    ...(video?.dolbyVisionOnly ? [dolbyVision(video.dolbyVisionOnly)] : []),
  ];
}

function leave(kind: LeftOut['kind'], stream: VideoStream | AudioStream): LeftOut {
  const { codec, codecLabel = codec, language, title, isEmpty } = stream;
  return { kind, why: isEmpty ? 'unreadable' : 'one-more', codec: codecLabel, language, title };
}

function sentence(left: LeftOut): string {
  const { kind, codec, title } = left;
  const name = title ? ` "${title}"` : '';
  if (kind === 'program')
    return `The program${name} (${codec || 'no video or audio'}) is not carried: a package has one program.`;
  if (kind === 'chapters') return 'Chapter titles are not carried: packages have no chapters.';
  if (kind === 'data')
    return `The data stream${name} (${codec}) is not carried: it is neither video, audio nor text.`;
  return `The ${nouns(left)}${name} (${codec}) is not carried: ${reasons[left.why](left)}.`;
}

function nouns({ kind, language }: LeftOut): string {
  if (kind === 'cover') return 'cover image';
  const of = languageName(language);
  return kind === 'audio' ? `${of ? `${of} ` : ''}audio` : 'video stream';
}

const reasons: Record<LeftOut['why'], (left: LeftOut) => string> = {
  'no-decoder': () => 'its codec cannot be decoded here',
  unreadable: () => 'none of it could be decoded',
  'one-more': ({ kind }) => (kind === 'cover' ? 'it is not part of the video' : 'a package has one video'),
  kind: () => 'packages have no streams of this kind',
};

function attachedFiles(files: LeftOut[]): string {
  const formats = [...new Set(files.map(({ codec }) => codec))].join(', ');
  const which = files.length === 1 ? 'An attached file' : `${files.length} attached files`;
  return `${which} (${formats}) ${files.length === 1 ? 'is' : 'are'} not carried.`;
}

const dolbyVision = (profile: number) =>
  `The colors are wrong: the video is Dolby Vision (profile ${profile}) without a compatible base layer.`;

/** Sentences for a person about video streams, by their index, that are damaged in places. */
export function damage({ videos }: SourceProbe, damaged: ReadonlySet<number>): string[] {
  return videos
    .filter(({ index }) => damaged.has(index))
    .map(
      ({ codec, codecLabel = codec }) =>
        `The video stream (${codecLabel}) is damaged in places, which may look wrong.`,
    );
}
