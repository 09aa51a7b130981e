import type { Context } from '@/lib/context';
import { unwrapKey } from '@/lib/keys/wrap-key';
import type { ContentKey } from '@/lib/media/content-key';
import { requirePackage } from './get-package';

/**
 * The content keys of a package in the clear, for its license and for a person who asks to see them.
 * @throws AppError `package-not-found`
 */
export function revealKeys(context: Context, packageId: number): ContentKey[] {
  const { keys } = requirePackage(context, packageId);
  return keys.map((key) => unwrapKey(key.kidHex, key.wrappedKey, context.masterKey));
}
