import { AppError } from '@/lib/errors';
import type { PackagingJob } from '@/lib/jobs/queue';
import type { Store } from '@/lib/storage/store';

/**
 * Returns the local path of the uploaded file.
 * @throws AppError `source-gone`
 */
export async function openSource(job: PackagingJob, store: Store): Promise<string> {
  const file = await store.localFile(job.source.storageKey);
  if (file === null) throw new AppError('source-gone', 'The uploaded file is gone. Upload the video again.');
  return file;
}
