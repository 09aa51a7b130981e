import path from 'node:path';
import { AppError } from '@/lib/errors';
import { hasNoDecodableFrames } from '@/lib/ffmpeg/has-no-decodable-frames';
import { hasNoTrack } from '@/lib/formats/mp4-files/missing-tables';
import type { PlannedAudio, Rendition, TrackSet } from '@/lib/media/package-plan';
import type { SourceFile } from '@/lib/media/source-file';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { SourceSurvey } from '@/lib/media/source-survey';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import { mainVideo } from '../plan/plan-package';
import { CopiesRefused } from './refused-copies';

/** Some streams have nothing that can be decoded: the attempt starts again without them. */
export class EmptyStreams extends Error {
  constructor(readonly streams: number[]) {
    super('Nothing of some streams can be decoded.');
  }
}

/** The indexes of streams that a package would be made of, but that have nothing to play. */
export function streamsWithoutPackets(probe: SourceProbe, { video, audios }: SourceSurvey): number[] {
  const main = mainVideo(probe);
  const hasFrames = video !== null && video.framesSeconds.length + video.untimedPackets > 0;
  const silent = probe.audios.filter(({ index, isEmpty }) => !isEmpty && !audios.get(index)?.packets);
  return [...(main && !hasFrames ? [main] : []), ...silent].map(({ index }) => index);
}

/** The indexes of streams whose track was made without samples. */
export async function streamsWithoutSamples(tracks: TrackSet, folder: string): Promise<number[]> {
  const found = tracksOf(tracks).map(async ({ name, stream }) =>
    (await hasNoTrack(path.join(folder, `${name}.mp4`))) ? [stream.index] : [],
  );
  return (await Promise.all(found)).flat();
}

/** @throws EmptyStreams when a track without samples was made */
export async function checkForSamples(tracks: TrackSet, folder: string): Promise<void> {
  const empty = await streamsWithoutSamples(tracks, folder);
  if (empty.length > 0) throw new EmptyStreams(empty);
}

/**
 * Encodes tracks. FFmpeg fails as a whole when one stream cannot be decoded: a failure is traced to that
 * stream.
 * @throws EmptyStreams when streams cannot be decoded; otherwise as `encode`
 */
export async function encodeFindingEmptyStreams<Result>(
  tools: ToolRunner,
  tracks: TrackSet,
  source: SourceFile,
  signal: AbortSignal,
  encode: () => Promise<Result>,
): Promise<Result> {
  try {
    return await encode();
  } catch (error) {
    const cause = error instanceof CopiesRefused ? error.cause : error;
    if (!(cause instanceof AppError) || cause.code !== 'encode-failed') throw error;
    const encoded = tracksOf(tracks).filter(({ mode }) => mode === 'encode');
    const empty: number[] = [];
    for (const index of new Set(encoded.map(({ stream }) => stream.index)))
      if (await hasNoDecodableFrames(tools, source.path, index, signal)) empty.push(index);
    throw empty.length > 0 ? new EmptyStreams(empty) : error;
  }
}

const tracksOf = ({ renditions, audios }: TrackSet): (Rendition | PlannedAudio)[] => [
  ...renditions,
  ...audios,
];
