import type { Context } from '@/lib/context';
import { encryptDownload } from '@/lib/ffmpeg/encrypt-download';
import { prepareTracks } from '@/lib/ffmpeg/prepare-tracks';
import type { PackagingJob, Queue } from '@/lib/jobs/queue';
import { unwrapKey } from '@/lib/keys/wrap-key';
import { packageArgs } from '@/lib/packager/packager-args';
import { runPackager } from '@/lib/packager/run-packager';
import { versionKey } from '@/lib/storage/keys';
import { verifyDownload } from '@/lib/verify/verify-download';
import { verifyTracks } from '@/lib/verify/verify-tracks';
import { describeVersion } from './describe-version';
import { finishManifests } from './finish-manifests';
import { openSource } from './open-source';
import { planPackage } from './plan-package';
import { progressOf } from './progress';
import { inWorkFolder } from './work-folder';

type Tools = Pick<Context, 'store' | 'masterKey' | 'settings'> & { queue: Queue };

/** The story of Cenclave: from an uploaded video to a published, encrypted version of its package. */
export async function packageVideo(job: PackagingJob, tools: Tools, signal: AbortSignal): Promise<void> {
  const { queue, store } = tools;
  const progress = progressOf(job, queue);
  const keys = job.wrappedKeys.map(({ kidHex, wrappedKey }) =>
    unwrapKey(kidHex, wrappedKey, tools.masterKey),
  );
  const downloadKey = keys[0] ?? noKey(job);
  await inWorkFolder(tools.settings.STORAGE_DIR, job, async ({ tracks, version, scratch }) => {
    await progress.enter('probe');
    const source = await openSource(job, store, signal);
    const plan = planPackage(job.source.probe, source.keyframesSeconds);

    await progress.enter(plan.renditions.some(({ mode }) => mode === 'encode') ? 'encode' : 'copy');
    await prepareTracks(source.file, plan, tracks, signal, progress.within);

    await progress.enter('package');
    await encryptDownload(source.file, plan, downloadKey, { tracks, version }, signal);
    const args = (keyFile: string) => packageArgs(plan, job.scheme, keyFile, version);
    await runPackager({ folder: tracks, keys, use: 'encryption', args, signal });
    await finishManifests(version, job, plan);

    await progress.enter('verify');
    const expectedTracks = plan.renditions.length + plan.audios.length;
    const paths = { versionFolder: version, clearFolder: tracks, scratchFolder: scratch };
    const verified = await verifyTracks({ ...paths, scheme: job.scheme, keys, expectedTracks, signal });
    await verifyDownload({
      versionFolder: version,
      durationSeconds: plan.durationSeconds,
      key: downloadKey,
      signal,
    });

    await progress.enter('publish');
    const published = await describeVersion(version, job.versionNumber, plan, verified);
    await store.putFolder(version, versionKey(job.mediaId, job.versionNumber));
    if (!(await queue.publish(job, published)))
      await store.remove(versionKey(job.mediaId, job.versionNumber));
  });
}

function noKey(job: PackagingJob): never {
  throw new Error(`Package ${job.packageId} has no content key.`);
}
