import type { Acting } from '@/lib/access/principal';
import { clearKeyLicense, type License, type LicenseRequest } from '@/lib/keys/clearkey-license';
import { licensableKeys, retiredKids } from './reveal-keys';

/**
 * Returns the requested keys as a W3C ClearKey license.
 * @throws AppError `package-not-found`, `license-kids-unknown`, `license-keys-retired`
 */
export async function issueLicense(
  acting: Acting,
  packageId: number,
  request: LicenseRequest,
): Promise<License> {
  const keys = await licensableKeys(acting, packageId);
  return clearKeyLicense(request, keys, await retiredKids(acting, packageId));
}
