import { keyOf } from '../app-api';
import { medianRatio } from '../median';
import { packagings, versionFolderOf } from '../packaging';
import { prove } from '../proofs/prove';
import { decodedFrames, decrypted, proveAligned, storedFrames } from '../proofs/version';
import type { Measure } from './measure';

export const ladderReady: Measure = {
  number: 1,
  title: 'upload done → ladder ready',
  against: 'the same renditions by one raw ffmpeg process, same preset',
  async run(bench) {
    const { server, runs } = await packagings(bench);
    const [ours, theirs] = [runs.map(({ ready }) => ready), runs.map(({ rawReady }) => rawReady)];
    const rungs = bench.sizes.rungs.length;
    const source = (await storedFrames(bench.clip, 'v')).length;
    const proofs: string[] = [];
    for (const { view } of runs) {
      const folder = versionFolderOf(server, view);
      const files = view.tracks.filter(({ kind }) => kind === 'video').map(({ file }) => file);
      prove(files.length === rungs, `there are ${files.length} renditions, not ${rungs}`);
      const segments = await proveAligned(folder, files);
      const frames = await decrypted(folder, files, await keyOf(server.origin, view), (clear) =>
        Promise.all(clear.map(decodedFrames)),
      );
      prove(
        frames.every((count) => count === source),
        `the renditions have ${frames} frames, the source ${source}`,
      );
      proofs.push(
        `${rungs} renditions decrypt and decode to ${source} frames each, in ${segments} aligned segments`,
      );
    }
    const ratio = medianRatio(ours, theirs);
    const figures = [{ name: 'ratio', value: ratio, unit: '', reach: { atMost: 1.08 } }];
    return { ours, theirs, unit: 's', figures, proofs, notes: [] };
  },
};
