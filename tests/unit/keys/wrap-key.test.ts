import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unwrapKey, wrapKey } from '@/lib/keys/wrap-key';
import { sampleKey } from '@/tests/harness/sample-plan';

const masterKey = Buffer.alloc(32, 7);
const { label: _, ...clear } = sampleKey;
const internal = expect.objectContaining({ name: 'AppError', code: 'internal' });

describe('a wrapped key', () => {
  it('unwraps to the key', () => {
    expect(unwrapKey(sampleKey.kidHex, wrapKey(sampleKey, masterKey), masterKey)).toEqual(clear);
  });

  it('is nonce, 16 encrypted bytes and tag, without the key in it', () => {
    const wrapped = Buffer.from(wrapKey(sampleKey, masterKey), 'base64');
    expect(wrapped).toHaveLength(12 + 16 + 16);
    expect(wrapped.toString('hex')).not.toContain(sampleKey.keyHex);
  });

  it('differs each time, by its nonce', () => {
    const nonces = Array.from({ length: 50 }, () => wrapKey(sampleKey, masterKey).slice(0, 16));
    expect(new Set(nonces).size).toBe(50);
  });

  it('is AES-256-GCM with the KID authenticated', () => {
    const wrapped = Buffer.from(wrapKey(sampleKey, masterKey), 'base64');
    const nonce = wrapped.subarray(0, 12);
    const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
    cipher.setAAD(Buffer.from(sampleKey.kidHex, 'hex'));
    const sealed = Buffer.concat([
      cipher.update(sampleKey.keyHex, 'hex'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    expect(wrapped.subarray(12).equals(sealed)).toBe(true);
  });
});

describe('unwrapping fails', () => {
  it.each([0, 11, 12, 27, 28, 43])('when byte %d was changed', (i) => {
    const bytes = Buffer.from(wrapKey(sampleKey, masterKey), 'base64');
    bytes.writeUInt8(bytes.readUInt8(i) ^ 1, i);
    expect(() => unwrapKey(sampleKey.kidHex, bytes.toString('base64'), masterKey)).toThrow(internal);
  });

  it('under another KID', () => {
    const wrapped = wrapKey(sampleKey, masterKey);
    expect(() => unwrapKey('0'.repeat(32), wrapped, masterKey)).toThrow(internal);
  });

  it('with another master key', () => {
    const wrapped = wrapKey(sampleKey, masterKey);
    expect(() => unwrapKey(sampleKey.kidHex, wrapped, Buffer.alloc(32, 8))).toThrow(internal);
  });

  it.each([0, 5, 20, 28, 43])('when only %d bytes are left', (length) => {
    const bytes = Buffer.from(wrapKey(sampleKey, masterKey), 'base64').subarray(0, length);
    expect(() => unwrapKey(sampleKey.kidHex, bytes.toString('base64'), masterKey)).toThrow(internal);
  });

  it('without revealing the key', () => {
    try {
      unwrapKey(sampleKey.kidHex, wrapKey(sampleKey, masterKey), Buffer.alloc(32, 8));
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain(sampleKey.keyHex);
    }
  });
});
