import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PackagingJob } from '@/lib/jobs/queue';
import { workFolder } from '@/lib/storage/folders';

/** The folders of one attempt. */
export interface WorkFolders {
  /** Clear tracks, one plain MP4 each. */
  tracks: string;
  /** The version that is being built. */
  version: string;
  /** For the check; made and removed by it. */
  scratch: string;
}

/** Runs `work` with fresh folders of its own, and removes them after, however it ends. */
export async function inWorkFolder(
  root: string,
  job: PackagingJob,
  work: (folders: WorkFolders) => Promise<void>,
) {
  const folder = path.join(workFolder(root), String(job.id), String(job.attempt));
  const folders = {
    tracks: path.join(folder, 'tracks'),
    version: path.join(folder, 'version'),
    scratch: path.join(folder, 'scratch'),
  };
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folders.tracks, { recursive: true, mode: 0o700 });
    await mkdir(folders.version, { mode: 0o700 });
    await work(folders);
  } finally {
    await rm(path.dirname(folder), { recursive: true, force: true });
  }
}
