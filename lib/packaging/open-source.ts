import { AppError } from '@/lib/errors';
import { probeKeyframes } from '@/lib/ffmpeg/probe-source';
import type { PackagingJob } from '@/lib/jobs/queue';
import { ticksPerSecond, toTicks } from '@/lib/media/video-clock';
import type { Store } from '@/lib/storage/store';
import { couldCopyVideo } from './can-copy';
import { mainVideo, zeroSeconds } from './plan-package';

export interface Source {
  file: string;
  /** Of the main video, from the file's start; empty when it can't be copied anyway. */
  keyframesSeconds: number[];
}

/**
 * Gets hold of the uploaded file.
 * @throws AppError `source-gone`
 */
export async function openSourceFile(job: PackagingJob, store: Store): Promise<string> {
  const file = await store.localFile(job.source.storageKey);
  if (file === null) throw new AppError('source-gone', 'The uploaded file is gone. Upload the video again.');
  return file;
}

/** The same, with where its keyframes are. Errors: see openSourceFile. */
export async function openSource(job: PackagingJob, store: Store, signal: AbortSignal): Promise<Source> {
  const file = await openSourceFile(job, store);
  const video = mainVideo(job.source.probe);
  const times = video && couldCopyVideo(video) ? await probeKeyframes(file, video.index, signal) : [];
  // Recorders and broadcasts let files start at any time.
  const zero = toTicks(zeroSeconds(job.source.probe));
  return { file, keyframesSeconds: times.map((time) => (toTicks(time) - zero) / ticksPerSecond) };
}
