import { hasJob, insertJob } from '@/db/queries/jobs';
import { deleteTextRow, setVideoChecksum } from '@/db/queries/upkeep';
import type { Context } from '@/lib/context';
import type { Finding } from './examine';
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
      insertJob(db, finding.packageId, { kind: 'package' });
      return 'Its work is asked for again.';
    case 'damaged-package':
      // Several files of one package may be damaged: it is made again once.
      if (!hasJob(db, finding.packageId)) insertJob(db, finding.packageId, { kind: 'package', anew: true });
      return 'The package is made again from its video when Cenclave runs.';
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
