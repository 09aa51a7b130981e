import { AppError } from '@/lib/base/errors';
import type { PackagePlan } from '@/lib/media/package-plan';
import type { Attempt } from '../attempt';
import { firstPass } from '../steps/first-pass';
import { gatherTextTracks } from '../steps/gather-text-tracks';
import { type Known, learning } from '../steps/learn';
import { makeTracks } from '../steps/make-tracks';
import { makeVersion } from '../steps/make-version';
import { openSource } from '../steps/open-source';
import type { WorkFolders } from '../work-folder';

/**
 * The story of Cenclave: from an uploaded video to the published, encrypted versions of its package. The fast
 * lane, where there is one, is playable in seconds; the download and the ladder follow. A stream whose copy
 * fails is encoded.
 */
export async function packageVideo(attempt: Attempt, folders: WorkFolders): Promise<void> {
  await attempt.progress.enter('probe');
  await learning(attempt, folders, (informed, known) => makeVersions(informed, known, folders));
}

async function makeVersions(attempt: Attempt, known: Known, folders: WorkFolders): Promise<void> {
  const source = await openSource(attempt, folders);
  const { captions, ...pass } = await firstPass(attempt, source, folders.tracks, known);
  checkForTracks(pass.plan);
  const texts = await gatherTextTracks(attempt, source, folders, captions);
  for (const version of pass.plan.versions) {
    attempt.progress.enterShare(version.share);
    const work = { attempt, known, folders, source, ...pass };
    const messages = await makeTracks(work, version);
    if (version.number !== null) await makeVersion(work, version, version.number, texts, messages);
  }
}

function checkForTracks({ versions }: PackagePlan): void {
  if (versions.every(({ publish }) => publish.renditions.length + publish.audios.length === 0))
    throw new AppError('not-a-video', 'The file declares video or audio, but none of it can be decoded.');
}
