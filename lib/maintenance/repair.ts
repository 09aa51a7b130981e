import { insertJob, listTasks } from '@/db/queries/jobs';
import { deleteTextRow, findForCheck, listStuckPackages, setVideoChecksum } from '@/db/queries/maintenance';
import type { App } from '@/lib/app';
import { addedAudioTracks } from '@/lib/packages/added-audio-tracks';
import type { Finding } from './finding';
import { removeOrphans } from './remove-orphans';

/**
 * Repairs a finding and returns what it did; null where only a person can repair it.
 * @param before files stored later are skipped, as in the check
 */
export async function repair(
  context: Pick<App, 'db' | 'store'>,
  finding: Finding,
  before: Date,
): Promise<string | null> {
  const { db } = context;
  switch (finding.kind) {
    case 'orphan':
      return (await removeOrphans(context, [finding.key], before)) > 0
        ? 'Removed.'
        : 'Kept: it has a row by now, or was stored again.';
    case 'stuck':
      return askAgain(db, finding.packageId);
    case 'damaged-package':
      return makeAgain(db, finding.packageId, finding.versionNumber);
    case 'missing-text':
      deleteTextRow(db, finding.textId);
      return 'Removed its row. Upload the text track again.';
    case 'no-checksum':
      setVideoChecksum(db, finding.videoId, finding.sha256);
      return 'Stored its current checksum.';
    default:
      return null;
  }
}

/** While a server runs, the package may be processing, ready or deleted by now. */
function askAgain(db: App['db'], packageId: number): string {
  return db.transaction(
    () => {
      const row = findForCheck(db, packageId);
      if (!row || !listStuckPackages(db).includes(packageId))
        return 'It has a job, is done, or is deleted by now.';
      // Added audio tracks are kept: the next version is made of the one that is served.
      const isEdited = addedAudioTracks(row.video.probe, row.version?.tracks ?? []).length > 0;
      insertJob(db, packageId, { kind: isEdited ? 'refresh-texts' : 'package' });
      return 'Queued its job again.';
    },
    { behavior: 'immediate' },
  );
}

/**
 * While a server runs, the version may be replaced by now, or an audio track that the video does not hold may
 * be on its way.
 */
function makeAgain(db: App['db'], packageId: number, versionNumber: number): string | null {
  return db.transaction(
    () => {
      if (findForCheck(db, packageId)?.version?.number !== versionNumber)
        return 'It was replaced or deleted meanwhile.';
      const tasks = listTasks(db, packageId);
      if (tasks.some(({ kind }) => kind === 'add-audio')) return null;
      // Several files of one package may be damaged: it is made again once.
      const isAsked = tasks.some((task) => task.kind === 'package' && task.anew);
      if (!isAsked) insertJob(db, packageId, { kind: 'package', anew: true });
      return 'The package is made again from its video when Cenclave runs.';
    },
    { behavior: 'immediate' },
  );
}
