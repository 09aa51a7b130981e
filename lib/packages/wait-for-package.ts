import { setTimeout as sleep } from 'node:timers/promises';
import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { AppError } from '@/lib/base/errors';
import type { PackageRecord } from '@/lib/ledger/records';

const pollMilliseconds = 100;

/**
 * Waits until a package is playable and its download exists; returns null after `seconds`. The work continues
 * in any case.
 * @throws AppError `package-failed` or `package-canceled` when it ended without them, `package-not-found`
 * when deleted
 */
export async function waitForPackage(
  acting: Acting,
  id: number,
  seconds: number,
): Promise<PackageRecord | null> {
  const until = Date.now() + seconds * 1000;
  while (true) {
    const record = await requirePackage(acting, id, 'package.write');
    const { status, errorMessage, downloadFolder } = record.package;
    if (record.version && downloadFolder) return record;
    if (status === 'failed') throw new AppError('package-failed', errorMessage ?? `Package ${id} failed.`);
    if (status === 'canceled') throw new AppError('package-canceled', `Package ${id} was canceled.`);
    if (Date.now() >= until) return null;
    await sleep(pollMilliseconds);
  }
}
