import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';
import { type SourceFile, sourceFile } from '@/lib/media/source-file';
import type { PublishedVersion } from '@/lib/media/track';
import { publishedKey } from '@/lib/storage/keys';
import type { Attempt } from '../attempt';
import type { WorkFolders } from '../work-folder';

/**
 * The uploaded file, as a local one.
 * @throws AppError `source-gone`
 */
export async function openSource({ job, store }: Attempt, { input }: WorkFolders): Promise<SourceFile> {
  const { storageKey, probe } = job.source;
  const file = await store.checkout(storageKey, input);
  if (file === null) throw new AppError('source-gone', 'The uploaded file is gone. Upload the video again.');
  return sourceFile(file, probe);
}

/**
 * The local folder of a published version; the same at each call of an attempt.
 * @throws AppError `source-gone` when its files are gone
 */
export async function openVersion(
  { store, job }: Attempt,
  { folder }: PublishedVersion,
  { input }: WorkFolders,
): Promise<string> {
  const known = path.join(input, folder);
  if (existsSync(known)) return known;
  const found = await store.checkout(publishedKey(job.mediaId, folder), input);
  if (found === null)
    throw new AppError('source-gone', 'The files of this package are gone. Package the video again.');
  return found;
}
