import type { PlannedVersion } from '@/lib/media/package-plan';
import { damage } from '../plan/not-carried';
import { plannedTracks } from '../plan/packager-tracks';
import { truncation } from '../plan/truncation';
import { buildVersion, type VersionParts } from './build-version';
import { checkCopies } from './check-copies';
import { checkTimes } from './check-times';
import type { GatheredTexts } from './gather-text-tracks';
import type { Work } from './make-tracks';
import { withCopies } from './refused-copies';

/**
 * Encrypts, checks and publishes a version of the tracks that were made for it, with the download where that
 * is not there yet.
 * @param messages what FFmpeg complained of when it made the tracks
 * @throws CopiesRefused, and those of buildVersion
 */
export async function makeVersion(
  work: Work,
  version: PlannedVersion,
  number: number,
  texts: GatheredTexts,
  messages: string,
): Promise<void> {
  const { attempt, known, folders, source, plan } = work;
  const { publish, isLast } = version;
  const check = (known: string | null) =>
    checkCopies(attempt.tools, publish, folders.tracks, attempt.signal, known);
  // An early version is replaced soon, and is not to wait for this.
  if (isLast) await check(version.make.renditions.some(({ mode }) => mode === 'encode') ? messages : null);
  const download = version.download && !known.hasDownload ? { ...plan, source } : null;
  const build = () => buildVersion(attempt, partsOf(work, version, number, texts), download, folders);
  await withCopies(publish, build, () => check(null));
  known.versions += 1;
}

function partsOf(
  { attempt, known, plan, survey }: Work,
  { publish, isLast }: PlannedVersion,
  number: number,
  { texts, notCarried }: GatheredTexts,
): VersionParts {
  const { keyMode, source } = attempt.job;
  return {
    number,
    tracks: plannedTracks(publish, keyMode),
    texts,
    segmentSeconds: plan.segmentSeconds,
    notCarried: [...truncation(source.probe, survey), ...damage(source.probe, known.damaged), ...notCarried],
    last: isLast ? { removes: null } : undefined,
    isAligned: true,
    checkTimes: (times) => checkTimes(publish, survey, times),
  };
}
