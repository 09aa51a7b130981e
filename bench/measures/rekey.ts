import path from 'node:path';
import type { PackageView } from '@/lib/packages/package-view';
import { keyOf, post, untilReady } from '../app-api';
import { medianRatio } from '../median';
import { packagings, versionFolderOf } from '../packaging';
import { prove } from '../proofs/prove';
import { decrypted, storedFrames } from '../proofs/version';
import { seconds } from '../run';
import type { Measure } from './measure';

export const rekey: Measure = {
  number: 10,
  title: 're-key of a finished package',
  against: "its ladder's encode time",
  async run(bench) {
    const { server, runs } = await packagings(bench);
    const { origin } = server;
    const [ours, proofs]: [number[], string[]] = [[], []];
    const theirs = runs.map(({ encoding }) => encoding);
    for (const { view } of runs) {
      const before: PackageView = await (await fetch(origin + view.links.self)).json();
      const key = await keyOf(origin, before);
      let after = before;
      ours.push(
        await seconds(async () => {
          after = await untilReady(origin, await post<PackageView>(origin + view.links.rekey));
        }),
      );
      const newKey = await keyOf(origin, after);
      prove(newKey.keyHex !== key.keyHex && after.version !== before.version, 'the key did not change');
      const files = after.tracks.map(({ file }) => file);
      const frames = (one: PackageView, from: typeof key) =>
        decrypted(versionFolderOf(server, one), files, from, (clear) =>
          Promise.all(
            clear.map((file) => storedFrames(file, path.basename(file).startsWith('video') ? 'v' : 'a')),
          ),
        );
      const [old, now] = [await frames(before, key), await frames(after, newKey)];
      prove(old.join('\n') === now.join('\n'), 'a track does not have the same frames as before');
      proofs.push(`${files.length} tracks decrypt with the new key to the same frames as before`);
    }
    const figures = [{ name: 'ratio', value: medianRatio(ours, theirs), unit: '', reach: { atMost: 0.05 } }];
    return { ours, theirs, unit: 's', figures, proofs, notes: [] };
  },
};
