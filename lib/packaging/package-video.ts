import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Storyboard } from '@/lib/media/storyboard';
import type { Attempt } from './attempt';
import { buildVersion } from './build-version';
import { gatherTexts } from './gather-texts';
import { openSource } from './open-source';
import { plannedTracks } from './packager-tracks';
import { mainVideo, planPackage } from './plan-package';
import { describeStoryboard } from './storyboard';
import { inWorkFolder } from './work-folder';

/**
 * The story of Cenclave: from an uploaded video to the published, encrypted versions of its package. The fast lane, where
 * there is one, is playable in seconds; the ladder follows as the next version.
 */
export async function packageVideo(attempt: Attempt): Promise<void> {
  const { job, ladder, progress, signal, settings, store } = attempt;
  await inWorkFolder(settings.STORAGE_DIR, job, async (folders) => {
    await progress.enter('probe');
    const source = await openSource(job, store, signal);
    const plan = planPackage(job.source.probe, source.keyframesSeconds, ladder);
    const { texts, notCarried } = await gatherTexts(attempt, source.file, folders.tracks);

    for (const [i, { make, publish, storyboard }] of plan.lanes.entries()) {
      progress.enterLane(i, plan.lanes.length);
      await progress.enter(make.renditions.some(({ mode }) => mode === 'encode') ? 'encode' : 'copy');
      const outputs = { ...make, storyboard: withStream(storyboard, job.source.probe) };
      await prepareTracks(source.file, outputs, plan, folders.tracks, signal, progress.within);
      if (storyboard) await describeStoryboard(folders.tracks, storyboard);

      const isLast = i === plan.lanes.length - 1;
      // A try that follows one which published the fast lane does not publish it again.
      if (!isLast && job.current) continue;
      const tracks = plannedTracks(publish, job.keyMode);
      const number = job.versionNumber + (job.current ? 0 : i);
      await buildVersion(
        attempt,
        { ...plan, number, tracks, texts, notCarried, source: source.file },
        folders,
      );
    }
  });
}

/** A storyboard shows the main video. */
function withStream(storyboard: Storyboard | null, probe: SourceProbe) {
  const stream = mainVideo(probe);
  return storyboard && stream ? { ...storyboard, stream } : null;
}
