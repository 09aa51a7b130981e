import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@/lib/base/errors';
import type { ContentKey } from '@/lib/media/content-key';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a content key at rest under the master key: AES-256-GCM (NIST SP 800-38D) with a random nonce. The
 * KID is authenticated too, so that a wrapped key cannot be passed off as another's. Returns `nonce |
 * ciphertext | tag` in base64.
 */
export function wrapKey({ kidHex, keyHex }: ContentKey, masterKey: Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, masterKey, nonce).setAAD(Buffer.from(kidHex, 'hex'));
  const sealed = Buffer.concat([cipher.update(keyHex, 'hex'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
}

/**
 * Decrypts a key that wrapKey encrypted.
 * @throws AppError `internal` when the master key is another one, or the row was changed
 */
export function unwrapKey(kidHex: string, wrapped: string, masterKey: Buffer): ContentKey {
  try {
    const bytes = Buffer.from(wrapped, 'base64');
    const nonce = bytes.subarray(0, nonceBytes);
    const decipher = createDecipheriv(algorithm, masterKey, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(kidHex, 'hex')).setAuthTag(bytes.subarray(-tagBytes));
    const opened = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return { kidHex, keyHex: opened.toString('hex') };
  } catch (cause) {
    const message =
      'A content key could not be unwrapped: the master key file is not the one that wrapped it.';
    throw new AppError('internal', message, { cause });
  }
}
