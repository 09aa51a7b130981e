import { expect, it } from 'vitest';
import { generateKey } from '@/lib/keys/generate-key';

it('makes a KID and a key of 16 bytes each, new every time', () => {
  const keys = Array.from({ length: 20 }, generateKey);
  for (const { kidHex, keyHex } of keys) {
    expect(kidHex).toMatch(/^[0-9a-f]{32}$/);
    expect(keyHex).toMatch(/^[0-9a-f]{32}$/);
  }
  expect(new Set(keys.flatMap(({ kidHex, keyHex }) => [kidHex, keyHex])).size).toBe(40);
});
