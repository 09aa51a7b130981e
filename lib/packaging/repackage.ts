import { AppError } from '@/lib/errors';
import type { JobTask } from '@/lib/media/job-task';
import type { SourceFile } from '@/lib/media/source-file';
import type { PublishedVersion } from '@/lib/media/track';
import type { Attempt } from './attempt';
import { buildVersion, type VersionParts } from './build-version';
import { decryptTracks, linkServed } from './decrypt-tracks';
import { encodeAddedAudio } from './encode-added-audio';
import { textsOf } from './gather-text-tracks';
import { openSource } from './open-source';
import { publishedTracks, type SourceTrack } from './packager-tracks';
import { mainVideo, sourceStreams } from './plan-package';
import { type FitsDownload, fitsDownload, planPublishedDownload } from './plan-tracks';
import { refreshTexts } from './refresh-texts';
import { mayComeFromCopy } from './refused-copies';
import { servedSegmentSeconds } from './served-segments';
import { surveyStreams } from './survey-streams';
import { emptyWorkFolders, inWorkFolder, type WorkFolders } from './work-folder';

type Edit = Exclude<JobTask, { kind: 'package' | 'finish' }>;

/**
 * Makes the next version of a package from the served one, without encoding its video again: with new keys,
 * with an added audio track, or with other text tracks.
 * @throws AppError `package-not-ready` when nothing is served yet
 */
export async function repackage(attempt: Attempt, task: Edit): Promise<void> {
  const { job, workspace } = attempt;
  const { current } = job;
  if (!current) throw new AppError('package-not-ready', 'The package has no version that could be changed.');
  await inWorkFolder(workspace, job, async (folders) => {
    if (task.kind === 'refresh-texts') await refreshTexts(attempt, current, folders);
    else await encryptAgain(attempt, task, current, folders);
  });
}

type Reencryption = Exclude<Edit, { kind: 'refresh-texts' }>;

/**
 * Encrypts the tracks again. A download that cannot be made from the source's streams is made from tracks, as
 * before.
 */
async function encryptAgain(
  attempt: Attempt,
  task: Reencryption,
  current: PublishedVersion,
  folders: WorkFolders,
): Promise<void> {
  const { job, progress } = attempt;
  await progress.enter('copy');
  const source = await openSource(attempt, folders);
  const survey = await surveyStreams(attempt.tools, source, job.source.probe, attempt.signal);
  try {
    await encryptWith(fitsDownload(survey), attempt, task, current, source, folders);
  } catch (error) {
    if (!mayComeFromCopy(error)) throw error;
    await emptyWorkFolders(folders);
    const again = await openSource(attempt, folders);
    await encryptWith(() => false, attempt, task, current, again, folders);
  }
}

async function encryptWith(
  fits: FitsDownload,
  attempt: Attempt,
  task: Reencryption,
  current: PublishedVersion,
  source: SourceFile,
  folders: WorkFolders,
): Promise<void> {
  const { job } = attempt;
  const served = publishedTracks(current.tracks, job.keyMode);
  await linkServed(attempt, current, folders);
  const added = task.kind === 'add-audio' ? await encodeAddedAudio(attempt, task, served, folders) : [];
  const tracks = [...served, ...added];
  const { probe } = job.source;
  const planned = [mainVideo(probe), probe.audios, withHeights(tracks, current)] as const;
  const download = planPublishedDownload(...planned, fits);
  // The download begins with its own tracks; the other tracks are decrypted meanwhile.
  const names = served.map(({ name }) => name);
  const inDownload = names.filter((name) =>
    download.some(({ from }) => 'track' in from && from.track === name),
  );
  await decryptTracks(attempt, inDownload, folders);
  const parts: VersionParts = {
    ...current,
    number: job.versionNumber,
    tracks,
    texts: textsOf(current),
    last: { removes: task.kind === 'add-audio' ? task.storageKey : null },
    isAligned: false,
    segmentSeconds: await servedSegmentSeconds(attempt, current, folders),
    complete: (signal) =>
      decryptTracks(
        { ...attempt, signal },
        names.filter((name) => !inDownload.includes(name)),
        folders,
      ),
  };
  const { durationSeconds } = current;
  const streams = sourceStreams(probe);
  const downloadParts = { source, download, downloadOfTracks: null, streams, durationSeconds };
  await buildVersion(attempt, parts, downloadParts, folders);
}

/** Tracks with the height of their video, by which the best is chosen. */
function withHeights(tracks: SourceTrack[], { tracks: published }: PublishedVersion) {
  const heights = new Map(published.map(({ file, height }) => [file, height ?? 0]));
  return tracks.map((track) => ({ ...track, height: heights.get(`${track.name}.mp4`) ?? 0 }));
}
