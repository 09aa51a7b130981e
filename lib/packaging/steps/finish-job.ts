import { log } from '@/lib/log';
import { downloadFile } from '@/lib/media/file-names';
import type { Checksums, PublishedVersion } from '@/lib/media/track';
import { fileChecksum, folderChecksums } from '@/lib/storage/checksums';
import { publishedKey } from '@/lib/storage/keys';
import type { Attempt } from '../attempt';

/** What a job published last, and an upload that is no longer needed. */
interface Made {
  version: Pick<PublishedVersion, 'number' | 'folder'> | null | undefined;
  download: string | null;
  removes: string | null;
}

/**
 * The last step of a job, after everything is published. It may run more than once, and viewers need not wait
 * for it.
 */
export async function finishJob(attempt: Attempt, made: Made): Promise<void> {
  const { job, ledger, store, signal } = attempt;
  try {
    await ledger.recordChecksums(job, await checksumsOf(attempt, made));
  } catch (error) {
    signal.throwIfAborted();
    // Checksums only help to find damage later: publishing does not fail without them.
    log().warn({ err: error, package: job.packageId }, 'The checksums of a package could not be stored');
  }
  if (made.removes) await store.remove(made.removes);
}

async function checksumsOf({ job, store, signal }: Attempt, { version, download }: Made): Promise<Checksums> {
  return {
    version: version
      ? {
          number: version.number,
          files: await folderChecksums(store, publishedKey(job.mediaId, version.folder), signal),
        }
      : null,
    downloadSha256: download
      ? await fileChecksum(store, `${publishedKey(job.mediaId, download)}/${downloadFile}`, signal)
      : null,
  };
}
