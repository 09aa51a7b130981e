import { link, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Upload } from '@tus/server';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/base/errors';
import { problemStatus } from '@/lib/http/problem';
import type { VideoRecord } from '@/lib/ledger/records';
import { incomingFolder, resumableFolder } from '@/lib/storage/folders';
import { randomName, uploadKeyStem } from '@/lib/storage/keys';
import { deleteVideo } from '@/lib/videos/delete-video';
import { uploadVideo } from '@/lib/videos/upload-video';
import { removeUpload } from './remove-upload';

/** The video that an upload became: the store keeps its file under the upload's id. */
export const findFinished = (
  { ledger }: Pick<Acting, 'ledger'>,
  id: string,
): Promise<VideoRecord | undefined> => ledger.findVideoByKeyStem(uploadKeyStem(id));

/**
 * Makes a video of a complete upload, once: repeated calls return the same video. If the process is killed in
 * between, the upload is still complete, and is finished at the client's next request.
 * @throws AppError those of uploadVideo: an upload that is refused as a video is removed; `upload-not-found`
 * when its client ended the upload meanwhile
 */
export async function finishUpload(acting: Acting, upload: Upload): Promise<VideoRecord> {
  const folder = resumableFolder(acting.settings.STORAGE_DIR);
  const finished = await findFinished(acting, upload.id);
  const video = finished ?? (await keepAsVideo(acting, upload, folder));
  const wasThere = await removeUpload(folder, upload.id);
  if (finished || wasThere) return video;
  await deleteVideo(acting, video.id);
  throw ended();
}

async function keepAsVideo(acting: Acting, upload: Upload, folder: string): Promise<VideoRecord> {
  const received = path.join(incomingFolder(acting.settings.STORAGE_DIR), randomName());
  await mkdir(received, { recursive: true });
  try {
    const file = path.join(received, 'file');
    // A second name for the same file: the upload keeps its own until the video's row is written.
    await link(path.join(folder, upload.id), file).catch(reportEnded);
    const name = upload.metadata?.filename ?? '';
    return await uploadVideo(acting, { path: file, name, sizeBytes: upload.offset }, upload.id);
  } catch (error) {
    if (error instanceof AppError && problemStatus(error.code) < 500) await removeUpload(folder, upload.id);
    throw error;
  } finally {
    await rm(received, { recursive: true, force: true });
  }
}

/** A missing file means that the client ended the upload. */
function reportEnded(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? ended() : error;
}

const ended = () =>
  new AppError('upload-not-found', 'The upload was deleted while the server was finishing it.');
