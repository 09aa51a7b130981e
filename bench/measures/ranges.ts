import path from 'node:path';
import { medianRatio } from '../median';
import { finishedPackage } from '../packaging';
import { proveRanges } from '../proofs/bytes';
import { largestTrack, pieceBytes, rangeThroughput } from '../range-throughput';
import { startProgram } from '../run';
import type { Measure } from './measure';

export const ranges: Measure = {
  number: 5,
  title: 'tracks served by Range, 1 MB ranges, 16 connections',
  against: 'bare Node http + createReadStream',
  async run(bench) {
    const { server, view, folder } = await finishedPackage(bench);
    const bare = await startProgram('bare-file-server.mjs', [folder]);
    try {
      const name = largestTrack(view.tracks);
      const file = path.join(folder, name);
      const urls = {
        ours: `${server.origin}/media/${view.mediaId}/v${view.version}/${name}`,
        theirs: `${bare.origin}/${name}`,
      };
      for (const url of Object.values(urls)) await proveRanges(url, file, pieceBytes);
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let i = 0; i < bench.sizes.repeats; i += 1) {
        ours.push(await rangeThroughput(urls.ours, file, bench.sizes.rangeSeconds));
        theirs.push(await rangeThroughput(urls.theirs, file, bench.sizes.rangeSeconds));
      }
      const figures = [
        { name: 'ratio', value: medianRatio(ours, theirs), unit: '', reach: { atLeast: 0.6 } },
      ];
      const proofs = [`every range of ${name} arrived byte for byte, with 206 and its Content-Range`];
      return { ours, theirs, unit: 'MB/s', figures, proofs, notes: [] };
    } finally {
      await bare.stop();
    }
  },
};
