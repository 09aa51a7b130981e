import type { ContentKey } from '@/lib/media/content-key';

/** The same KID with a key that differs in every bit. */
export function wrongKey<Key extends ContentKey>(key: Key): Key {
  const keyBytes = Buffer.from(key.keyHex, 'hex').map((byte) => byte ^ 0xff);
  return { ...key, keyHex: Buffer.from(keyBytes).toString('hex') };
}
