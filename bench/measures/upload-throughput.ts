import { medianRatio } from '../median';
import { uploads } from '../uploads';
import type { Measure } from './measure';

export const uploadThroughput: Measure = {
  number: 3,
  title: 'upload throughput, 2 GB',
  against: 'bare Node http + formidable',
  async run(bench) {
    const { sizeBytes, ...taken } = await uploads(bench);
    const speeds = (list: number[]) => list.map((one) => sizeBytes / 1e6 / one);
    const [ours, theirs] = [speeds(taken.ours), speeds(taken.theirs)];
    const toCareful = medianRatio(ours, speeds(taken.careful));
    const figures = [
      { name: 'ratio', value: medianRatio(ours, theirs), unit: '', reach: { atLeast: 0.8 } },
      { name: 'ratio to one that hashes and syncs', value: toCareful, unit: '', reach: { atLeast: 0.8 } },
    ];
    const proofs = [`${sizeBytes} bytes are on disk as they were sent (SHA-256), each time`];
    const notes = ['Ours also computes SHA-256, probes the file and syncs it to disk before it answers.'];
    return { ours, theirs, unit: 'MB/s', figures, proofs, notes };
  },
};
