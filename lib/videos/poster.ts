import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Acting } from '@/lib/access/principal';
import { requireVideo } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';
import { posterArgs } from '@/lib/ffmpeg/args/poster-args';
import { runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';
import type { VideoRecord } from '@/lib/ledger/records';
import { type SourceFile, sourceFile } from '@/lib/media/source-file';
import type { VideoStream } from '@/lib/media/source-probe';
import { posterStreams } from '@/lib/packaging/plan/plan-package';
import { withOutbox } from '@/lib/processes/outbox';
import type { ToolRunner } from '@/lib/processes/tool-runner';
import type { StoredFile } from '@/lib/storage/artifact-store';
import { incomingFolder } from '@/lib/storage/folders';
import { posterKey, randomName } from '@/lib/storage/keys';

/** The time for all attempts on one video together; others wait meanwhile. */
const longestMilliseconds = 25_000;

/**
 * The poster of the video, made at the first request.
 * @throws AppError `video-not-found`, `poster-not-available`
 */
export async function openPoster(acting: Acting, videoId: number): Promise<StoredFile> {
  const { storageKey } = await requireVideo(acting, videoId, 'play');
  const stored = await acting.store.open(posterKey(videoId));
  if (stored) return stored;
  return acting.posters.make(storageKey, () => makePoster(acting, videoId));
}

async function makePoster(acting: Acting, videoId: number): Promise<StoredFile> {
  const { store } = acting;
  const video = await requireVideo(acting, videoId, 'play');
  const key = posterKey(videoId);
  const alreadyMade = await store.open(key);
  if (alreadyMade) return alreadyMade;
  const streams = posterStreams(video.probe);
  if (streams.length === 0)
    throw new AppError('poster-not-available', 'This video has no image for a poster.');
  const folder = path.join(incomingFolder(acting.settings.STORAGE_DIR), randomName());
  await mkdir(folder);
  try {
    const local = await store.checkout(video.storageKey, folder);
    if (!local) throw new Error('The file of the video is gone.');
    const poster = await firstPoster(acting.tools, sourceFile(local, video.probe), video, streams, folder);
    await store.putFile(poster, key);
  } catch (cause) {
    throw new AppError('poster-not-available', 'No poster could be made from this video.', { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const file = await store.open(key);
  if (!file) throw new AppError('poster-not-available', 'No poster could be made from this video.');
  return file;
}

/** The poster from the first stream that gives one: a declared stream may have no frames. */
async function firstPoster(
  tools: ToolRunner,
  source: SourceFile,
  { probe, durationSeconds }: VideoRecord,
  streams: VideoStream[],
  folder: string,
): Promise<string> {
  const signal = AbortSignal.timeout(longestMilliseconds);
  for (const stream of streams) {
    // Cover art is one image, at the start.
    const seconds = stream === probe.cover ? 0 : durationSeconds;
    const file = await bestFrame(tools, source, stream, seconds, folder, signal);
    if (file) return file;
  }
  throw new Error('No stream gives a poster.');
}

/**
 * The places to look for a poster, as shares of the duration; titles, black and credits are mostly elsewhere.
 */
const shares = [0.1, 0.3, 0.5, 0.75, 0];
/** A JPEG of this size shows something: black and plain color take a fraction of it. */
const meaningfulBytes = 6000;

/** The first frame that shows something; else the one that shows the most; null where there is none. */
async function bestFrame(
  tools: ToolRunner,
  source: SourceFile,
  stream: VideoStream,
  durationSeconds: number,
  folder: string,
  signal: AbortSignal,
): Promise<string | null> {
  const timeoutSeconds = longestMilliseconds / 1000;
  let best = { file: '', sizeBytes: 0 };
  for (const share of shares) {
    const name = `${stream.index}-${share}.jpg`;
    const file = path.join(folder, name);
    const args = posterArgs(source, stream, share * durationSeconds, name);
    await withOutbox({ into: folder, names: [name] }, (outbox) =>
      runFfmpeg(tools, { args, outbox, reads: [source.path], signal, timeoutSeconds }),
    ).catch(() => {}); // another place may do
    const sizeBytes = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    if (sizeBytes > best.sizeBytes) best = { file, sizeBytes };
    // In a still image, all places are the same.
    if (sizeBytes >= meaningfulBytes || signal.aborted || durationSeconds === 0) break;
  }
  return best.file || null;
}
