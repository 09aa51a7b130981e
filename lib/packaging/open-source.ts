import { AppError } from '@/lib/errors';
import type { PackagingJob } from '@/lib/jobs/queue';
import { type SourceFile, sourceFile } from '@/lib/media/source-file';
import type { Store } from '@/lib/storage/store';

/**
 * Returns the uploaded file as a local one.
 * @throws AppError `source-gone`
 */
export async function openSource(job: PackagingJob, store: Store): Promise<SourceFile> {
  const file = await store.localFile(job.source.storageKey);
  if (file === null) throw new AppError('source-gone', 'The uploaded file is gone. Upload the video again.');
  return sourceFile(file, job.source.probe);
}
