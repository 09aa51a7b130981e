import { randomBytes } from 'node:crypto';
import type { ContentKey } from '@/lib/media/content-key';

/** A new random key identifier and AES-128 key. */
export function generateKey(): ContentKey {
  return { kidHex: randomBytes(16).toString('hex'), keyHex: randomBytes(16).toString('hex') };
}
