import { describe, expect, it } from 'vitest';
import { clearKeyLicense, licenseRequestSchema } from '@/lib/keys/clearkey-license';
import { sampleKey } from '@/tests/harness/sample-plan';

// Encoded by hand: a7 e6 1c … b3 b8 is "p+YcNz4hkDPCEJH6YHvzuA==" in base64, and 76 a6 c6 … cc bb is
// "dqbGXF6nYgRr10mi5jLMuw==".
const kid = 'p-YcNz4hkDPCEJH6YHvzuA';
const k = 'dqbGXF6nYgRr10mi5jLMuw';
const other = { kidHex: '00000000000000000000000000000000', keyHex: 'ffffffffffffffffffffffffffffffff' };
const otherKid = 'A'.repeat(22);

describe('a license', () => {
  it('is a JSON Web Key Set in base64url without padding', () => {
    const license = clearKeyLicense({ kids: [kid], type: 'temporary' }, [sampleKey]);
    expect(JSON.stringify(license)).toBe(
      '{"keys":[{"kty":"oct","kid":"p-YcNz4hkDPCEJH6YHvzuA","k":"dqbGXF6nYgRr10mi5jLMuw"}],"type":"temporary"}',
    );
  });

  it('holds the keys that are asked for, and no other', () => {
    expect(clearKeyLicense({ kids: [kid] }, [other, sampleKey]).keys).toEqual([{ kty: 'oct', kid, k }]);
  });

  it('holds several', () => {
    const both = clearKeyLicense({ kids: [otherKid, kid] }, [sampleKey, other]);
    expect(both.keys).toEqual([
      { kty: 'oct', kid, k },
      { kty: 'oct', kid: otherKid, k: '_____________________w' },
    ]);
  });

  it('holds a key once, however often it is asked for', () => {
    expect(clearKeyLicense({ kids: [kid, kid] }, [sampleKey]).keys).toHaveLength(1);
  });

  it('leaves out KIDs that the package does not have', () => {
    expect(clearKeyLicense({ kids: [otherKid, kid] }, [sampleKey]).keys).toEqual([{ kty: 'oct', kid, k }]);
  });

  it.each([
    ['no key of the package', [sampleKey]],
    ['a package without keys', []],
  ])('is refused for %s', (_, keys) => {
    expect(() => clearKeyLicense({ kids: [otherKid] }, keys)).toThrow(
      expect.objectContaining({ code: 'license-kids-unknown', field: 'kids' }),
    );
  });
});

describe('a license request', () => {
  it.each<[string, unknown]>([
    ['as Shaka Player sends it', { kids: [kid], type: 'temporary' }],
    ['without a type', { kids: [kid] }],
    ['for a persistent license', { kids: [kid], type: 'persistent-license' }],
    ['with 64 KIDs', { kids: Array.from({ length: 64 }, () => kid) }],
  ])('is read: %s', (_, request) => {
    expect(licenseRequestSchema.safeParse(request).success).toBe(true);
  });

  it.each<[string, unknown, (string | number)[]]>([
    ['no KIDs', {}, ['kids']],
    ['an empty list', { kids: [] }, ['kids']],
    ['65 KIDs', { kids: Array.from({ length: 65 }, () => kid) }, ['kids']],
    ['KIDs that are not a list', { kids: kid }, ['kids']],
    ['padding', { kids: ['p-YcNz4hkDPCEJH6YHvzuA=='] }, ['kids', 0]],
    ['base64 with +', { kids: ['p+YcNz4hkDPCEJH6YHvzuA'] }, ['kids', 0]],
    ['hexadecimal', { kids: [sampleKey.kidHex] }, ['kids', 0]],
    ['a number', { kids: [7] }, ['kids', 0]],
    ['the second KID too short', { kids: [kid, kid.slice(1)] }, ['kids', 1]],
    ['another type', { kids: [kid], type: 'individualization-request' }, ['type']],
    ['not an object', null, []],
  ])('is refused, naming what is wrong: %s', (_, request, path) => {
    expect(licenseRequestSchema.safeParse(request).error?.issues[0]?.path).toEqual(path);
  });
});
