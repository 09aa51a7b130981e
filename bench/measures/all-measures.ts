import { firstFrame } from './first-frame';
import { ladderReady } from './ladder-ready';
import type { Measure } from './measure';
import { playable } from './playable';
import { ranges } from './ranges';
import { rangesByNginx } from './ranges-by-nginx';
import { rekey } from './rekey';
import { twoAtOnce } from './two-at-once';
import { uploadMemory } from './upload-memory';
import { uploadThroughput } from './upload-throughput';
import { videoList } from './video-list';

/** In the order of the table. */
export const allMeasures: readonly Measure[] = [
  ladderReady,
  playable,
  uploadThroughput,
  uploadMemory,
  ranges,
  rangesByNginx,
  videoList,
  firstFrame,
  twoAtOnce,
  rekey,
];
