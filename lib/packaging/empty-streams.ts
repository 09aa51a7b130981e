import path from 'node:path';
import { AppError } from '@/lib/errors';
import { decodesNothing } from '@/lib/ffmpeg/decodes-nothing';
import type { Rendition, TrackSet } from '@/lib/media/package-plan';
import type { AudioStream, LeftOut, SourceProbe, VideoStream } from '@/lib/media/source-probe';
import type { SourceSurvey } from '@/lib/media/source-survey';
import { hasNoTrack } from '@/lib/mp4/has-no-track';
import type { Attempt } from './attempt';
import { mainVideo } from './plan-package';
import { CopiesRefused } from './refused-copies';

/** Streams that a source declares hold nothing to play: the work begins again, without them. */
export class EmptyStreams extends Error {
  constructor(readonly streams: number[]) {
    super('Some streams hold nothing to play.');
  }
}

/** @throws EmptyStreams when a video is declared and none of its packets is a frame to be displayed */
export function checkForPackets(probe: SourceProbe, { video }: SourceSurvey): void {
  const declared = mainVideo(probe);
  const count = video ? video.framesSeconds.length + video.untimedPackets : 0;
  if (declared && count === 0) throw new EmptyStreams([declared.index]);
}

/** @throws EmptyStreams when no frame went into a rendition that was made */
export async function checkForFrames(renditions: Rendition[], folder: string): Promise<void> {
  for (const { name, stream } of renditions)
    if (await hasNoTrack(path.join(folder, `${name}.mp4`))) throw new EmptyStreams([stream.index]);
}

/**
 * Makes tracks; where that fails, finds out whether a stream of which nothing can be decoded is why.
 * @throws EmptyStreams; else what `make` throws
 */
export async function toldOfEmpty(
  { renditions, audios }: TrackSet,
  source: string,
  signal: AbortSignal,
  make: () => Promise<void>,
): Promise<void> {
  try {
    await make();
  } catch (error) {
    const cause = error instanceof CopiesRefused ? error.cause : error;
    if (!(cause instanceof AppError) || cause.code !== 'encode-failed') throw error;
    const encoded = [...renditions, ...audios].filter(({ mode }) => mode === 'encode');
    const empty: number[] = [];
    for (const index of new Set(encoded.map(({ stream }) => stream.index)))
      if (await decodesNothing(source, index, signal)) empty.push(index);
    throw empty.length > 0 ? new EmptyStreams(empty) : error;
  }
}

/**
 * The attempt at a source without such streams, which are told of as left out.
 * @throws AppError `not-a-video` when nothing else is in the source
 */
export function withoutStreams(attempt: Attempt, { streams }: EmptyStreams): Attempt {
  const { source } = attempt.job;
  const { probe } = source;
  const isEmpty = ({ index }: { index: number }) => streams.includes(index);
  const videos = probe.videos.filter((stream) => !isEmpty(stream));
  const audios = probe.audios.filter((stream) => !isEmpty(stream));
  if (videos.length + audios.length === 0)
    throw new AppError('not-a-video', 'The file declares video or audio, but nothing of it could be read.');
  const leftOut = [
    ...(probe.leftOut ?? []),
    ...probe.videos.filter(isEmpty).map((stream) => left('video', stream)),
    ...probe.audios.filter(isEmpty).map((stream) => left('audio', stream)),
  ];
  return {
    ...attempt,
    job: { ...attempt.job, source: { ...source, probe: { ...probe, videos, audios, leftOut } } },
  };
}

const left = (kind: LeftOut['kind'], { codec, language, title }: VideoStream | AudioStream): LeftOut => ({
  kind,
  why: 'unreadable',
  codec,
  language,
  title,
});
