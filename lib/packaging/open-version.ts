import path from 'node:path';
import { AppError } from '@/lib/errors';
import { versionFiles } from '@/lib/media/file-names';
import { versionKey } from '@/lib/storage/keys';
import type { Attempt } from './attempt';

/**
 * The local folder of a published version.
 * @throws AppError `source-gone` when its files are gone
 */
export async function openVersion({ store, job }: Attempt, number: number): Promise<string> {
  const manifest = await store.localFile(`${versionKey(job.mediaId, number)}/${versionFiles.dash}`);
  if (manifest === null)
    throw new AppError('source-gone', 'The files of this package are gone. Package the video again.');
  return path.dirname(manifest);
}
