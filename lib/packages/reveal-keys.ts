import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { recordEvent } from '@/lib/audit/record-event';
import { unwrapKey } from '@/lib/keys/wrap-key';
import type { KeyRecord } from '@/lib/ledger/records';
import type { PackageKey } from '@/lib/media/content-key';

/**
 * The content keys of the served version, in the clear, for a person who asks to see them.
 * @throws AppError `package-not-found`
 */
export async function revealKeys(acting: Acting, packageId: number): Promise<PackageKey[]> {
  const { keys } = await requirePackage(acting, packageId, 'key.read');
  await recordEvent(acting, 'keys-reveal', { target: `package:${packageId}` });
  return keys.filter((key) => key.state === 'used').map((key) => unwrapRow(acting, key));
}

/**
 * The content keys that players may request: those of all existing versions, since viewers may still play an
 * older one, but not that of the download.
 */
export const licensableKeys = (acting: Acting, keys: readonly KeyRecord[]): PackageKey[] =>
  keys
    .filter((key) => key.label !== 'download' && key.state !== 'retired')
    .map((key) => unwrapRow(acting, key));

/** The KIDs of keys that were replaced and are no longer issued. */
export const retiredKids = (keys: readonly KeyRecord[]): string[] =>
  keys.filter(({ state }) => state === 'retired').map(({ kidHex }) => kidHex);

function unwrapRow({ masterKey }: Acting, { label, kidHex, wrappedKey }: KeyRecord): PackageKey {
  return { label, ...unwrapKey(kidHex, wrappedKey, masterKey) };
}
