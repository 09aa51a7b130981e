import type { App } from '@/lib/app/app';
import type { Ledger } from '@/lib/ledger/ledger';
import { addedAudioTracks } from '@/lib/packages/added-audio-tracks';
import type { Finding } from './finding';
import { removeOrphans } from './remove-orphans';

type Parts = Pick<App, 'ledger' | 'queue' | 'store'>;

/**
 * Repairs a finding and returns what it did; null where only a person can repair it.
 * @param before files stored later are skipped, as in the check
 */
export async function repair(parts: Parts, finding: Finding, before: Date): Promise<string | null> {
  const { ledger } = parts;
  switch (finding.kind) {
    case 'orphan':
      return (await removeOrphans(parts, [finding.key], before)) > 0
        ? 'Removed.'
        : 'Kept: it has a row by now, or was stored again.';
    case 'stuck':
      return askAgain(ledger, finding.packageId);
    case 'damaged-package':
      return makeAgain(parts, finding.packageId, finding.versionNumber);
    case 'missing-text':
      await ledger.forgetText(finding.textId);
      return 'Removed its row. Upload the text track again.';
    case 'no-checksum':
      await ledger.recordVideoChecksum(finding.videoId, finding.sha256);
      return 'Stored its current checksum.';
    default:
      return null;
  }
}

/** While a server runs, the package may be processing, ready or deleted by now. */
async function askAgain(ledger: Ledger, packageId: number): Promise<string> {
  const row = await ledger.findPackage(packageId);
  const isStuck = row && (await ledger.stuckPackages()).includes(packageId);
  // Added audio tracks are kept: the next version is made of the one that is served.
  const isEdited = row && addedAudioTracks(row.video.probe, row.version?.tracks ?? []).length > 0;
  const task = { kind: isEdited ? 'refresh-texts' : 'package' } as const;
  const requested = isStuck && (await ledger.request(packageId, task, { ifIdle: true }));
  return requested === 'requested' ? 'Queued its job again.' : 'It has a job, is done, or is deleted by now.';
}

/**
 * While a server runs, the version may be replaced by now, or an audio track that the video does not hold may
 * be on its way.
 */
async function makeAgain(
  { ledger, queue }: Parts,
  packageId: number,
  versionNumber: number,
): Promise<string | null> {
  if ((await ledger.findPackage(packageId))?.version?.number !== versionNumber)
    return 'It was replaced or deleted meanwhile.';
  const tasks = await queue.tasksOf(packageId);
  if (tasks.some(({ kind }) => kind === 'add-audio')) return null;
  // Several files of one package may be damaged: it is made again once.
  const isAsked = tasks.some((task) => task.kind === 'package' && task.anew);
  if (!isAsked) await ledger.request(packageId, { kind: 'package', anew: true });
  return 'The package is made again from its video when Cenclave runs.';
}
