import { log } from '@/lib/log';
import { downloadFile, versionFolder } from '@/lib/media/file-names';
import type { Finish } from '@/lib/media/job-task';
import type { Checksums } from '@/lib/media/track';
import { fileChecksum, folderChecksums } from '@/lib/storage/checksums';
import { packageKey } from '@/lib/storage/keys';
import type { Attempt } from './attempt';

/**
 * The last step of a job, after everything is published. It may run more than once, and viewers need not wait
 * for it.
 */
export async function finishJob(attempt: Attempt, task: Omit<Finish, 'kind'>): Promise<void> {
  const { job, queue, store, signal } = attempt;
  try {
    await queue.recordChecksums(job, await checksumsOf(attempt, task));
  } catch (error) {
    signal.throwIfAborted();
    // Checksums only help to find damage later: publishing does not fail without them.
    log().warn({ err: error, package: job.packageId }, 'The checksums of a package could not be stored');
  }
  if (task.removes) await store.remove(task.removes);
}

async function checksumsOf(
  { job, store, signal }: Attempt,
  { version, download }: Omit<Finish, 'kind'>,
): Promise<Checksums> {
  const root = packageKey(job.mediaId);
  return {
    version: version
      ? {
          number: version,
          files: await folderChecksums(store, `${root}/${versionFolder(version)}`, signal),
        }
      : null,
    downloadSha256: download
      ? await fileChecksum(store, `${root}/${download}/${downloadFile}`, signal)
      : null,
  };
}
