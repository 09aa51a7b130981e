import type { Acting } from '@/lib/access/principal';
import { generateKey } from '@/lib/keys/generate-key';
import { keyLabelsOf } from '@/lib/keys/key-labels';
import { wrapKey } from '@/lib/keys/wrap-key';
import type { ContentKey, KeyMode } from '@/lib/media/content-key';

/** The wrapped keys that a package of this mode needs: the given one, or generated ones. */
export function newWrappedKeys({ masterKey }: Acting, mode: KeyMode, given: ContentKey | null) {
  return keyLabelsOf(mode).map((label) => {
    const key = given ?? generateKey();
    return { label, kidHex: key.kidHex, wrappedKey: wrapKey(key, masterKey) };
  });
}
