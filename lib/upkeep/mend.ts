import { insertJob, listTasks } from '@/db/queries/jobs';
import { deleteTextRow, findForExamination, listStuckPackages, setVideoChecksum } from '@/db/queries/upkeep';
import type { Context } from '@/lib/context';
import { addedSounds } from '@/lib/packages/added-sounds';
import type { Finding } from './finding';
import { removeOrphans } from './remove-orphans';

/**
 * Mends what was found, and tells what it did; null where only a person can.
 * @param before what was put later is spared, as when it was examined
 */
export async function mend(
  context: Pick<Context, 'db' | 'store'>,
  finding: Finding,
  before: Date,
): Promise<string | null> {
  const { db } = context;
  switch (finding.kind) {
    case 'orphan':
      return (await removeOrphans(context, [finding.key], before)) > 0
        ? 'Removed.'
        : 'It belongs to something by now, or is about to.';
    case 'stuck':
      return askAgain(db, finding.packageId);
    case 'damaged-package':
      return makeAgain(db, finding.packageId, finding.versionNumber);
    case 'missing-text':
      deleteTextRow(db, finding.textId);
      return 'Forgotten. Upload it again.';
    case 'no-checksum':
      setVideoChecksum(db, finding.videoId, finding.sha256);
      return 'Kept the checksum that it has now.';
    default:
      return null;
  }
}

/** Beside a running server, it may be at work, done or deleted by now. */
function askAgain(db: Context['db'], packageId: number): string {
  return db.transaction(
    () => {
      const row = findForExamination(db, packageId);
      if (!row || !listStuckPackages(db).includes(packageId)) return 'It is at work, done or deleted by now.';
      // What its video does not give is kept: the next version is made of the one that is served.
      const isEdited = addedSounds(row.video.probe, row.version?.tracks ?? []).length > 0;
      insertJob(db, packageId, { kind: isEdited ? 'refresh-texts' : 'package' });
      return 'Its work is asked for again.';
    },
    { behavior: 'immediate' },
  );
}

/** Beside a running server, the version may be replaced by now, or sound be on its way that the video does not give. */
function makeAgain(db: Context['db'], packageId: number, versionNumber: number): string | null {
  return db.transaction(
    () => {
      if (findForExamination(db, packageId)?.version?.number !== versionNumber)
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
