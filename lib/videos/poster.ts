import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { posterArgs } from '@/lib/ffmpeg/args/poster-args';
import { runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';
import { mainVideo } from '@/lib/packaging/plan-package';
import { incomingFolder } from '@/lib/storage/folders';
import { posterKey, randomName } from '@/lib/storage/keys';
import type { StoredFile } from '@/lib/storage/store';
import { requireVideo } from './get-video';

/** One at a time: many may be asked for at once, and pictures must not slow the packaging down. */
let line: Promise<unknown> = Promise.resolve();

/**
 * A picture of the video, made when it is first asked for.
 * @throws AppError `video-not-found`, `poster-not-available`
 */
export async function openPoster(context: Context, videoId: number): Promise<StoredFile> {
  const stored = await context.store.open(posterKey(videoId));
  if (stored) return stored;
  const made = line.then(() => makePoster(context, videoId));
  line = made.catch(() => {});
  return made;
}

async function makePoster({ store, ...context }: Context, videoId: number): Promise<StoredFile> {
  const video = requireVideo({ store, ...context }, videoId);
  const key = posterKey(videoId);
  const alreadyMade = await store.open(key);
  if (alreadyMade) return alreadyMade;
  const source = await store.localFile(video.storageKey);
  const stream = mainVideo(video.probe);
  if (!source || !stream) throw new AppError('poster-not-available', 'This video has no picture.');
  const picture = path.join(incomingFolder(context.settings.STORAGE_DIR), `${randomName()}.jpg`);
  try {
    const args = posterArgs(source, stream.index, video.durationSeconds, picture);
    await runFfmpeg({ args, timeoutSeconds: 30 });
    await store.putFile(picture, key);
  } catch (cause) {
    throw new AppError('poster-not-available', 'No picture could be made of this video.', { cause });
  } finally {
    await rm(picture, { force: true });
  }
  const file = await store.open(key);
  if (!file) throw new AppError('poster-not-available', 'No picture could be made of this video.');
  return file;
}
