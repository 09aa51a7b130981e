import { uploads } from '../uploads';
import type { Measure } from './measure';

export const uploadMemory: Measure = {
  number: 4,
  title: 'server RSS growth during 3',
  against: '',
  async run(bench) {
    const { growthBytes, sizeBytes } = await uploads(bench);
    const ours = growthBytes.map((bytes) => bytes / 1e6);
    const figures = [{ name: 'the most', value: Math.max(...ours), unit: 'MB', reach: { atMost: 150 } }];
    const proofs = [`the same uploads of ${sizeBytes} bytes as in 3, byte for byte on disk`];
    return { ours, theirs: [], unit: 'MB', figures, proofs, notes: [] };
  },
};
