import path from 'node:path';
import { AppError, type ErrorCode } from '@/lib/errors';
import { FormatError } from '@/lib/formats/bytes/fields';
import { type CopiedTrack, inspectCopy } from '@/lib/formats/mp4-files/inspect-copy';
import { log } from '@/lib/log';
import type { PlannedAudio, Rendition, TrackSet } from '@/lib/media/package-plan';
import type { SourceSurvey } from '@/lib/media/source-survey';
import { audioCopyBar, videoCopyBar } from '../plan/copy-rules';

/** Copies of some streams are unusable: the work starts again and encodes them. */
export class CopiesRefused extends Error {
  constructor(
    readonly streams: number[],
    cause?: unknown,
  ) {
    super('Copies of some streams are unusable.', { cause });
  }
}

/** Errors that point to a copied track rather than to the machine. */
const faultsOfCopies: ErrorCode[] = ['encode-failed', 'packager-failed', 'verify-failed'];

export const mayComeFromCopy = (error: unknown) =>
  error instanceof AppError && faultsOfCopies.includes(error.code);

/**
 * Runs a step on tracks of which some are copies. `findFaulty` refuses those that are the reason of a
 * failure, where that can be seen; otherwise all are refused.
 * @throws CopiesRefused when it fails and a copy may be the reason; otherwise as the step
 */
export async function withCopies<Result>(
  tracks: TrackSet,
  step: () => Promise<Result>,
  findFaulty?: () => Promise<void>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    const copied = copies(tracks).map(({ stream }) => stream.index);
    if (copied.length === 0 || !mayComeFromCopy(error)) throw error;
    await findFaulty?.();
    throw new CopiesRefused(copied, error);
  }
}

/**
 * Inspects finished copies for what only a copy shows.
 * @throws CopiesRefused
 */
export async function inspectCopies(tracks: TrackSet, survey: SourceSurvey, folder: string): Promise<void> {
  const refused: number[] = [];
  for (const item of copies(tracks)) {
    const copy = await inspectCopy(path.join(folder, `${item.name}.mp4`)).catch(unreadable);
    const bar = copy === null ? 'unreadable' : barOf(item, survey, copy);
    if (bar === null) continue;
    log().info({ stream: item.stream.index, bar }, 'A stream is encoded, not copied');
    refused.push(item.stream.index);
  }
  if (refused.length > 0) throw new CopiesRefused(refused);
}

function barOf(item: Rendition | PlannedAudio, survey: SourceSurvey, copy: CopiedTrack) {
  if ('width' in item) return videoCopyBar({ stream: item.stream, survey: survey.video, copy });
  const { stream } = item;
  const known = { survey: survey.audios.get(stream.index), presentationEndSeconds: survey.endSeconds };
  // A declared stream without packets is left out anyway.
  return known.survey ? audioCopyBar({ stream, ...known, copy }) : null;
}

export const copies = ({ renditions, audios }: TrackSet): (Rendition | PlannedAudio)[] =>
  [...renditions, ...audios].filter(({ mode }) => mode === 'copy');

function unreadable(error: unknown): null {
  if (error instanceof FormatError) return null;
  throw error;
}
