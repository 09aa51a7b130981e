import type { JobTask } from '@/lib/media/job-task';
import type { SourceFile } from '@/lib/media/source-file';
import type { PublishedVersion } from '@/lib/media/track';
import type { Attempt } from '../attempt';
import { publishedTracks, type SourceTrack } from '../plan/packager-tracks';
import { mainVideo, sourceStreams } from '../plan/plan-package';
import { type FitsDownload, fitsDownload, planPublishedDownload } from '../plan/plan-tracks';
import { buildVersion, type VersionParts } from '../steps/build-version';
import { decryptTracks, linkServed } from '../steps/decrypt-tracks';
import { encodeAddedAudio } from '../steps/encode-added-audio';
import { textsOf } from '../steps/gather-text-tracks';
import { openSource } from '../steps/open-source';
import { mayComeFromCopy } from '../steps/refused-copies';
import { servedSegmentSeconds } from '../steps/served-segments';
import { surveyStreams } from '../steps/survey-streams';
import { emptyWorkFolders, type WorkFolders } from '../work-folder';

type Reencryption = Extract<JobTask, { kind: 'rekey' | 'add-audio' }>;

/**
 * Makes the next version of a package from the served one, without encoding its video again: with new keys,
 * or with an added audio track. A download that cannot be made from the source's streams is made from
 * tracks, as before.
 */
export async function encryptAgain(
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
