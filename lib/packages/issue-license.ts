import type { Context } from '@/lib/context';
import { clearKeyLicense, type License, type LicenseRequest } from '@/lib/keys/clearkey-license';
import { licensableKeys } from './reveal-keys';

/**
 * Gives a browser the keys that it asks for, as a W3C ClearKey license.
 * @throws AppError `package-not-found`, `license-kids-unknown`
 */
export function issueLicense(context: Context, packageId: number, request: LicenseRequest): License {
  return clearKeyLicense(request, licensableKeys(context, packageId));
}
