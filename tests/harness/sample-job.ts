import type { PackagingJob } from '@/lib/jobs/queue';
import { sampleProbe } from './sample-probe';

/** The first attempt at a first version, with what a test changes about it. */
export function sampleJob(changes: Partial<PackagingJob> = {}): PackagingJob {
  return {
    id: 1,
    attempt: 1,
    failures: 0,
    packageId: 1,
    mediaId: '0123456789abcdef0123456789abcdef',
    task: { kind: 'package' },
    scheme: 'cenc',
    keyMode: 'one',
    signalling: [],
    current: null,
    hasDownload: false,
    servedDownload: null,
    versionNumber: 1,
    source: { storageKey: 'uploads/a.mp4', name: 'a.mp4', probe: sampleProbe() },
    texts: [],
    keys: [],
    currentKeys: [],
    ...changes,
  };
}
