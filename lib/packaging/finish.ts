import { log } from '@/lib/log';
import { downloadFile, versionFolder } from '@/lib/media/file-names';
import type { Finish } from '@/lib/media/job-task';
import type { Checksums } from '@/lib/media/track';
import { fileChecksum, folderChecksums } from '@/lib/storage/checksums';
import { packageKey } from '@/lib/storage/keys';
import type { Attempt } from './attempt';

/** What is left when all is published. It may be done more than once, and viewers need not wait for it. */
export async function finish(attempt: Attempt, task: Omit<Finish, 'kind'>): Promise<void> {
  const { job, queue, store, signal } = attempt;
  try {
    await queue.recordChecksums(job, await checksumsOf(attempt, task));
  } catch (error) {
    signal.throwIfAborted();
    // They let rot and accidents be found later: what is published does not fail for the want of them.
    log().warn({ err: error, package: job.packageId }, 'The checksums of a package could not be kept');
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
