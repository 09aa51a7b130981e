import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { keyOf, post, untilReady, uploadFile } from '../app-api';
import { medianRatio } from '../median';
import { packagingServer, versionFolderOf } from '../packaging';
import { prove } from '../proofs/prove';
import { decodedFrames, decrypted, proveAligned, storedFrames } from '../proofs/version';
import { seconds } from '../run';
import type { Measure } from './measure';

export const twoAtOnce: Measure = {
  number: 9,
  title: 'two videos at once with JOB_CONCURRENCY 2',
  against: 'one after the other',
  async run(bench) {
    const server = await packagingServer(bench);
    const { origin } = server;
    const videos = [await uploadFile(origin, bench.shortClip), await uploadFile(origin, bench.shortClip)];
    const views: PackageView[] = [];
    const packaged = async ({ links }: VideoView) => {
      views.push(await untilReady(origin, await post<PackageView>(origin + links.packages)));
    };
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let i = 0; i < bench.sizes.repeats; i += 1) {
      bench.log(`two videos, ${i + 1} of ${bench.sizes.repeats}`);
      ours.push(await seconds(() => Promise.all(videos.map(packaged))));
      theirs.push(
        await seconds(async () => {
          for (const video of videos) await packaged(video);
        }),
      );
    }
    const frames = (await storedFrames(bench.shortClip, 'v')).length;
    for (const view of views) {
      const folder = versionFolderOf(server, view);
      const files = view.tracks.filter(({ kind }) => kind === 'video').map(({ file }) => file);
      await proveAligned(folder, files);
      const counts = await decrypted(folder, files, await keyOf(origin, view), (clear) =>
        Promise.all(clear.map(decodedFrames)),
      );
      prove(
        counts.every((count) => count === frames),
        `renditions have ${counts} frames, the source ${frames}`,
      );
    }
    const figures = [{ name: 'ratio', value: medianRatio(ours, theirs), unit: '', reach: { atMost: 1 } }];
    const proofs = [
      `${views.length} packages: every rendition decrypts and decodes to ${frames} frames, aligned`,
    ];
    return { ours, theirs, unit: 's', figures, proofs, notes: [] };
  },
};
