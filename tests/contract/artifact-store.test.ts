import { describe } from 'vitest';
import { localStore } from '@/lib/storage/local-store';
import { describeArtifactStore, type OpenStore } from './artifact-store.contract';
import { objectStore } from './object-store';

const stores: [string, OpenStore][] = [
  ['on the local disk', localStore],
  ['of objects', objectStore],
];

describe.each(stores)('the store %s', (_, open) => describeArtifactStore(open));
