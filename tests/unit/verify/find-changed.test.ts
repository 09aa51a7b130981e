import { expect, it } from 'vitest';
import { wrongKey } from '@/lib/verify/find-changed';
import { sampleKey } from '@/tests/harness/sample-plan';

it('has the same KID and label, and a key that differs in every bit', () => {
  const wrong = wrongKey(sampleKey);
  expect(wrong).toEqual({ ...sampleKey, keyHex: '895939a3a1589dfb9428b65d19cd3344' });
  const sum = BigInt(`0x${wrong.keyHex}`) ^ BigInt(`0x${sampleKey.keyHex}`);
  expect(sum).toBe((1n << 128n) - 1n);
});

it('is the original key again when it is inverted twice', () => {
  expect(wrongKey(wrongKey(sampleKey))).toEqual(sampleKey);
});

it.each(['00000000000000000000000000000000', 'ffffffffffffffffffffffffffffffff'])(
  'keeps 32 digits: %s',
  (keyHex) => {
    expect(wrongKey({ ...sampleKey, keyHex }).keyHex).toMatch(/^(0{32}|f{32})$/);
  },
);
