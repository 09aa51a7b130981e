import { AppError } from '@/lib/errors';
import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import type { Lane, PackagePlan, PlannedAudio } from '@/lib/media/package-plan';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';
import { sideBySide } from '@/lib/processes/side-by-side';
import type { Attempt } from './attempt';
import { buildVersion } from './build-version';
import { copyAhead } from './copy-ahead';
import { findEmptyAudios, tellEmpty, withoutAudios } from './empty-audios';
import { gatherTexts } from './gather-texts';
import { makeDownload } from './make-download';
import { openSource } from './open-source';
import { plannedTracks } from './packager-tracks';
import { mainVideo } from './plan-package';
import { publish } from './publish';
import { describeStoryboard } from './storyboard';
import { inWorkFolder, type WorkFolders } from './work-folder';

/**
 * The story of Cenclave: from an uploaded video to the published, encrypted versions of its package. The fast lane, where
 * there is one, is playable in seconds; the download and the ladder follow.
 */
export async function packageVideo(attempt: Attempt): Promise<void> {
  const { job, progress, settings, store } = attempt;
  await inWorkFolder(settings.STORAGE_DIR, job, async (folders) => {
    await progress.enter('probe');
    const source = await openSource(job, store);
    const { planned, isCopied } = await copyAhead(attempt, source, folders.tracks);
    const { texts, notCarried } = await gatherTexts(attempt, source, folders.tracks);
    const empty: PlannedAudio[] = [];
    for (const [i, lane] of planned.lanes.entries()) {
      progress.enterLane(i, planned.lanes.length);
      if (i > 0 || !isCopied) await makeTracks(attempt, lane, withoutAudios(planned, empty), source, folders);
      empty.push(...(await findEmptyAudios(lane.make.audios, folders.tracks)));
      // A try that follows one which published the fast lane does not publish it again.
      if (i < planned.lanes.length - 1 && job.current) continue;
      const plan = withoutAudios(planned, empty);
      const tracks = plannedTracks(plan.lanes[i]?.publish ?? lane.publish, job.keyMode);
      if (tracks.length === 0) throw new AppError('not-a-video', 'The file declares sound, but holds none.');
      const number = job.versionNumber + (job.current ? 0 : i);
      const download = lane.download === 'after' ? { ...plan, source } : null;
      const last = i === plan.lanes.length - 1 ? { removes: null } : undefined;
      const parts = {
        ...plan,
        number,
        tracks,
        texts,
        notCarried: [...notCarried, ...tellEmpty(empty)],
        last,
        isAligned: true,
      };
      await buildVersion(attempt, parts, download, folders);
    }
  });
}

/** Makes a lane's clear tracks and thumbnails, and the download where it can be made meanwhile. */
async function makeTracks(
  attempt: Attempt,
  { make, storyboard, download }: Lane,
  plan: PackagePlan,
  source: string,
  folders: WorkFolders,
): Promise<void> {
  const { job, progress } = attempt;
  await progress.enter(make.renditions.some(({ mode }) => mode === 'encode') ? 'encode' : 'copy');
  const outputs = { ...make, storyboard: withStream(storyboard, job.source.probe) };
  await sideBySide(
    attempt.signal,
    (signal) => prepareTracks(source, outputs, plan, folders.tracks, signal, progress.within),
    async (signal) => {
      // A try that follows one which published the download does not make it again.
      if (download !== 'beside' || job.hasDownload) return;
      const made = await makeDownload({ ...attempt, signal }, { ...plan, source }, folders);
      await publish({ ...attempt, signal }, { download: made }, folders);
    },
  );
  if (storyboard) await describeStoryboard(folders.tracks, storyboard);
}

/** A storyboard shows the main video. */
function withStream(storyboard: Storyboard | null, probe: SourceProbe) {
  const stream = mainVideo(probe);
  return storyboard && stream ? { ...storyboard, stream } : null;
}
