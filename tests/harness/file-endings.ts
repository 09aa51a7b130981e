import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';
import { startWorker } from '@/lib/jobs/worker';
import { requestPackage } from '@/lib/packages/request-package';
import { doJob } from '@/lib/packaging/workflows/do-job';
import { incomingFolder, workFolder } from '@/lib/storage/folders';
import { deleteVideo } from '@/lib/videos/delete-video';
import { uploadVideo } from '@/lib/videos/upload-video';
import type { GeneratedFile } from '../fixtures/mutations';
import { meansOf, openPipeline, receive } from './pipeline';
import { filesBelow, tempFolder } from './temp-folder';

/** Codes that blame the file; any other would blame the server. */
const ofTheFile = [
  'not-a-video',
  'format-not-supported',
  'codec-not-supported',
  'video-too-complex',
  'encode-failed',
  'packager-failed',
  'verify-failed',
];
/** On a machine that does nothing else, it takes seconds; what hangs would take much longer. */
const mostSeconds = 300;

/** How the upload and the packaging of a file ended. */
export interface Ending {
  name: string;
  /** `ready`, `taken` when it was not packaged, or the code of the error. */
  how: string;
  at: 'upload' | 'package';
  seconds: number;
  /** What is wrong with this ending; empty when it is a good one. */
  faults: string[];
}

/**
 * Uploads files and packages those that are accepted, or only every `packageEvery`th file; the library
 * is empty before and after each.
 */
export async function endingsOf(files: GeneratedFile[], packageEvery = 1): Promise<Ending[]> {
  const context = await openPipeline();
  const means = meansOf(context);
  const worker = startWorker(context.queue, (job, signal) => doJob(job, means, signal));
  const endings: Ending[] = [];
  try {
    for (const [i, file] of files.entries())
      endings.push(await endingOf(context, file, i % packageEvery === 0));
  } finally {
    await worker.stop();
  }
  return endings;
}

async function endingOf(context: Acting, file: GeneratedFile, isPackaged: boolean): Promise<Ending> {
  const local = path.join(tempFolder(), file.name);
  writeFileSync(local, file.bytes());
  const began = performance.now();
  const { how, at, message } = await tryFile(context, local, isPackaged);
  rmSync(local);
  const seconds = (performance.now() - began) / 1000;
  const isClear =
    ['ready', 'taken'].includes(how) || (ofTheFile.includes(how) && /^[A-Z].{15,}\.$/s.test(message));
  const faults = [
    ...(isClear ? [] : [`ended as ${how}: ${message}`]),
    ...(seconds < mostSeconds ? [] : [`took ${Math.round(seconds)} s`]),
    ...(await leftBehind(context)),
  ];
  return { name: file.name, how, at, seconds, faults };
}

async function tryFile(context: Acting, file: string, isPackaged: boolean) {
  const received = receive(context, file);
  try {
    const { id } = await uploadVideo(context, received);
    if (!isPackaged) return { how: 'taken', at: 'upload' as const, message: '' };
    const { errorCode, errorMessage, status } = await packaged(context, id);
    return { how: errorCode ?? status, at: 'package' as const, message: errorMessage ?? '' };
  } catch (error) {
    const { code, message } = error instanceof AppError ? error : { code: 'crash', message: String(error) };
    return { how: code, at: 'upload' as const, message };
  } finally {
    rmSync(received.path, { force: true }); // as the request that received it does
  }
}

async function packaged(context: Acting, videoId: number) {
  const options = { key: null, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
  const { id } = (await requestPackage(context, videoId, options)).package;
  for (;;) {
    const { package: row, ...more } = await requirePackage(context, id, 'play');
    // The row of the job is removed after the work folder.
    if (!['queued', 'processing'].includes(row.status) && readdirSync(workOf(context)).length === 0)
      return { ...row, ...more };
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const workOf = ({ settings }: Acting) => workFolder(settings.STORAGE_DIR);

/** Lists files without rows, rows without files and unfinished files, and empties the library. */
async function leftBehind(context: Acting): Promise<string[]> {
  const root = context.settings.STORAGE_DIR;
  const below = async (name: string) =>
    (await filesBelow(path.join(root, name))).map((file) => `${name}/${file}`);
  const unfinished = [...(await filesBelow(incomingFolder(root))), ...readdirSync(workOf(context))];
  const videos = await context.ledger.listVideos({ limit: 10 });
  const known = videos.map(({ storageKey }) => storageKey);
  const uploads = await below('uploads');
  const served = (await context.ledger.listPackages({ limit: 10 })).map((row) => row.package.mediaId);
  const packages = await below('packages');
  for (const { id } of videos) await deleteVideo(context, id);
  const kept = (await Promise.all(['uploads', 'packages', 'posters'].map(below))).flat();
  return [
    ...unfinished.map((name) => `left ${name} unfinished`),
    ...uploads.filter((name) => !known.includes(name)).map((name) => `left ${name} without a row`),
    ...known.filter((name) => !uploads.includes(name)).map((name) => `lost ${name}`),
    ...packages.filter((name) => !served.includes(name.split('/')[1] ?? '')).map((name) => `left ${name}`),
    ...kept.map((name) => `kept ${name} after it was deleted`),
  ];
}
