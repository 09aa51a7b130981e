import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { recordFirst } from '@/lib/audit/record-event';
import { clientOf } from '@/lib/http/client';
import { clearKeyLicense, type License, type LicenseRequest } from '@/lib/keys/clearkey-license';
import { licensableKeys, retiredKids } from './reveal-keys';

/**
 * Returns the requested keys as a W3C ClearKey license.
 * @throws AppError `package-not-found`, `license-kids-unknown`, `license-keys-retired`, `too-many-requests`
 */
export async function issueLicense(
  acting: Acting,
  packageId: number,
  request: LicenseRequest,
): Promise<License> {
  const { keys } = await requirePackage(acting, packageId, 'play');
  if (acting.principal.kind !== 'everybody')
    await acting.limits.licenses.take(clientOf(acting.principal).name);
  const license = clearKeyLicense(request, licensableKeys(acting, keys), retiredKids(keys));
  await recordFirst(acting, 'license', `package:${packageId}`);
  return license;
}
