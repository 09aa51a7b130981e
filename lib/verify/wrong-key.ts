import type { ContentKey } from '@/lib/media/content-key';

/** The same KID with a key that differs in every bit. */
export function wrongKey({ kidHex, keyHex }: ContentKey): ContentKey {
  const keyBytes = Buffer.from(keyHex, 'hex').map((byte) => byte ^ 0xff);
  return { kidHex, keyHex: Buffer.from(keyBytes).toString('hex') };
}
