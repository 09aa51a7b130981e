import { AppError } from '@/lib/errors';
import type { PackagingJob } from '@/lib/jobs/queue';
import type { JobTask } from '@/lib/media/job-task';
import type { PublishedVersion } from '@/lib/media/track';
import { type Attempt, beginAttempt, type Means } from '../attempt';
import { finishJob } from '../steps/finish-job';
import { attemptBytes, inWorkFolder, type WorkFolders } from '../work-folder';
import { encryptAgain } from './encrypt-again';
import { packageVideo } from './package-video';
import { refreshTexts } from './refresh-texts';

/** Clear tracks, encrypted tracks and the download exist at the same time while a version is made. */
const bytesForByte = 2.5;

const countMilliseconds = 5000;

/** Runs a job. */
export async function doJob(job: PackagingJob, means: Means, signal: AbortSignal): Promise<void> {
  const attempt = beginAttempt(job, means, signal);
  const { task } = job;
  if (task.kind === 'finish')
    return finishJob(attempt, { ...task, version: task.version === null ? null : job.current });
  const end = await reserve(attempt);
  try {
    await inWorkFolder(attempt.workspace, job, (folders) => makeFor(task, attempt, folders));
  } finally {
    end();
  }
}

async function makeFor(
  task: Exclude<JobTask, { kind: 'finish' }>,
  attempt: Attempt,
  folders: WorkFolders,
): Promise<void> {
  switch (task.kind) {
    case 'package':
      return packageVideo(attempt, folders);
    case 'rekey':
    case 'add-audio':
      return encryptAgain(attempt, task, requireServed(attempt), folders);
    case 'refresh-texts':
      return refreshTexts(attempt, requireServed(attempt), folders);
    default:
      return task satisfies never;
  }
}

/** @throws AppError `package-not-ready` when nothing is served yet */
function requireServed({ job: { current } }: Attempt): PublishedVersion {
  if (!current) throw new AppError('package-not-ready', 'The package has no version that could be changed.');
  return current;
}

/** Reserves the disk space that a job needs, and releases it as its files are written. */
async function reserve({ job, workspace, progress, signal, reservations }: Attempt): Promise<() => void> {
  const bytes = neededBytes(job);
  const owner = `job-${job.id}-${job.attempt}`;
  const space = await reservations.reserveInTurn(workspace, owner, bytes, signal, () =>
    progress.enter('reserve'),
  );
  const count = () =>
    attemptBytes(workspace, job).then(
      (writtenBytes) => space.lower(bytes - writtenBytes),
      () => undefined, // files come and go meanwhile
    );
  const counting = setInterval(count, countMilliseconds);
  return () => {
    clearInterval(counting);
    space.end();
  };
}

function neededBytes({ task, source, current }: PackagingJob): number {
  if (task.kind === 'refresh-texts') return 0;
  const inputBytes = task.kind === 'package' ? source.probe.sizeBytes : (current?.sizeBytes ?? 0);
  return Math.ceil(inputBytes * bytesForByte);
}
