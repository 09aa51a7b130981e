import type { Context } from '@/lib/context';
import { clearKeyLicense, type License, type LicenseRequest } from '@/lib/keys/clearkey-license';
import { licensableKeys, retiredKids } from './reveal-keys';

/**
 * Returns the requested keys as a W3C ClearKey license.
 * @throws AppError `package-not-found`, `license-kids-unknown`, `license-keys-retired`
 */
export function issueLicense(context: Context, packageId: number, request: LicenseRequest): License {
  const keys = licensableKeys(context, packageId);
  return clearKeyLicense(request, keys, retiredKids(context, packageId));
}
