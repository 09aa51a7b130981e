import path from 'node:path';
import { keyOf } from '../app-api';
import { medianRatio } from '../median';
import { packagings, versionFolderOf } from '../packaging';
import { prove } from '../proofs/prove';
import { decrypted, storedFrames } from '../proofs/version';
import type { Measure } from './measure';

export const playable: Measure = {
  number: 2,
  title: 'upload done → playable',
  against: 'raw Shaka Packager on the same file',
  async run(bench) {
    const { server, runs } = await packagings(bench);
    const [ours, theirs] = [runs.map((one) => one.playable), runs.map((one) => one.rawPlayable)];
    const ready = runs.map((one) => one.ready);
    const proofs: string[] = [];
    for (const { view } of runs) {
      const folder = versionFolderOf(server, view, 1);
      const audio = view.tracks.filter(({ kind }) => kind === 'audio').map(({ file }) => file);
      const files = ['video-source.mp4', ...audio];
      await decrypted(folder, files, await keyOf(server.origin, view), async (clear) => {
        for (const file of clear) {
          const kind = path.basename(file).startsWith('video') ? 'v' : 'a';
          const [kept, source] = [await storedFrames(file, kind), await storedFrames(bench.clip, kind)];
          prove(kept.join() === source.join(), `${path.basename(file)} does not hold the source's frames`);
        }
      });
      proofs.push(`${files.join(' and ')} decrypt to the source's own frames, bit for bit`);
    }
    return {
      ours,
      theirs,
      unit: 's',
      figures: [
        { name: 'ratio', value: medianRatio(ours, theirs), unit: '', reach: { atMost: 2 } },
        {
          name: 'share of the time of 1',
          value: 100 * medianRatio(ours, ready),
          unit: '%',
          reach: { atMost: 5 },
        },
      ],
      proofs,
      notes: [],
    };
  },
};
