import { copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Acting, actingAsSystem } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { createApp } from '@/lib/app/app';
import { readSettings } from '@/lib/base/env';
import type { ReceivedFile } from '@/lib/http/receive-upload';
import { startWorker } from '@/lib/jobs/worker';
import type { PackageRecord } from '@/lib/ledger/records';
import type { ContentKey } from '@/lib/media/content-key';
import { downloadFile } from '@/lib/media/file-names';
import type { Scheme } from '@/lib/media/scheme';
import { requestPackage } from '@/lib/packages/request-package';
import type { Means } from '@/lib/packaging/attempt';
import { doJob } from '@/lib/packaging/workflows/do-job';
import { incomingFolder, prepareFolders, workFolder } from '@/lib/storage/folders';
import { packageKey, publishedKey } from '@/lib/storage/keys';
import { uploadVideo } from '@/lib/videos/upload-video';
import { makeFolder } from './make-folder';

/** A storage folder with everything but the web server. */
export async function openStorage(folder: string): Promise<Acting> {
  await prepareFolders(folder);
  return actingAsSystem(
    createApp(readSettings({ ...process.env, STORAGE_DIR: folder, LOG_LEVEL: 'silent' })),
  );
}

/** Everything but the web server for one test, after which the storage folder is removed. */
export async function openPipeline(folder = makeFolder()): Promise<Acting> {
  const context = await openStorage(folder);
  onTestFinished(() => {
    context.db.$client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return context;
}

/** Copies a file to where received files are. */
export function receive(context: Acting, file: string, name = path.basename(file)): ReceivedFile {
  const received = path.join(
    incomingFolder(context.settings.STORAGE_DIR),
    `received-${process.hrtime.bigint()}`,
  );
  copyFileSync(file, received);
  return { path: received, name, sizeBytes: statSync(file).size };
}

/** Takes a file as if it had been uploaded. */
export function upload(context: Acting, file: string, name = path.basename(file)) {
  return uploadVideo(context, receive(context, file, name));
}

/** Packages a video, whatever the result, and returns the record of the package. */
export async function packageToEnd(context: Acting, videoId: number, key: ContentKey | null, scheme: Scheme) {
  const options = { key, scheme, keyMode: 'one', signalling: [] } as const;
  return workToEnd(context, (await requestPackage(context, videoId, options)).package.id);
}

/** What the steps of jobs work with, in a workspace below the storage folder. */
export function meansOf(context: Acting): Means {
  const workspace = workFolder(context.settings.STORAGE_DIR);
  mkdirSync(workspace, { recursive: true });
  return { ...context, workspace };
}

/** Does the work that waits for a package, and returns its record. */
export async function workToEnd(context: Acting, packageId: number) {
  const means = meansOf(context);
  const worker = startWorker(context.queue, (job, signal) => doJob(job, means, signal));
  try {
    while (
      ['queued', 'processing'].includes((await requirePackage(context, packageId, 'play')).package.status)
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await worker.stop();
  }
  return await requirePackage(context, packageId, 'play');
}

/** The encrypted MP4 that a package serves. */
export function downloadOf(context: Acting, { package: { mediaId, downloadFolder } }: PackageRecord): string {
  return path.join(context.settings.STORAGE_DIR, packageKey(mediaId), downloadFolder ?? '', downloadFile);
}

/** Where the files of the published version are. */
export const folderOf = (context: Acting, { package: row, version }: PackageRecord) =>
  path.join(context.settings.STORAGE_DIR, publishedKey(row.mediaId, version?.folder ?? ''));

/** Where the files of a version are: the one that is served, or an older one. */
export async function versionOf(
  context: Acting,
  { package: { mediaId } }: Pick<PackageRecord, 'package'>,
  number: number,
): Promise<string> {
  const version = await context.ledger.findVersion(mediaId, number);
  if (!version) throw new Error(`There is no version ${number}.`);
  return path.join(context.settings.STORAGE_DIR, publishedKey(mediaId, version.folder));
}

/** The segment lengths of a track, as its playlist declares them. */
export async function segmentLengths(folder: string, file: string): Promise<string[]> {
  const playlist = await readFile(path.join(folder, file.replace('.mp4', '.m3u8')), 'utf8');
  return playlist.match(/#EXTINF:[\d.]+/g) ?? [];
}
