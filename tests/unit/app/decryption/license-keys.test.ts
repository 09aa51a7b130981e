import { expect, it } from 'vitest';
import { removeProtection } from '@/app/_features/player/decryption/decrypt-for-player';
import { licenseRequest, readLicense } from '@/app/_features/player/decryption/license-keys';
import { clearKeyLicense, licenseRequestSchema } from '@/lib/keys/clearkey-license';

const kidHex = 'fbf0e1d2c3b4a5968778695a4b3c2d1e';
const keyHex = '00112233445566778899aabbccddeeff';

it('writes a license request that the server accepts, and reads the license', async () => {
  const request = licenseRequestSchema.parse(JSON.parse(licenseRequest([kidHex])));
  const license = clearKeyLicense(request, [{ kidHex, keyHex }]);
  const keys = await readLicense(new TextEncoder().encode(JSON.stringify(license)));
  expect([...keys.keys()]).toEqual([kidHex]);
  const { cenc, cbcs } = keys.get(kidHex) ?? {};
  expect([cenc?.algorithm.name, cbcs?.algorithm.name]).toEqual(['AES-CTR', 'AES-CBC']);
  // Scripts cannot export the key.
  expect([cenc?.extractable, cbcs?.extractable]).toEqual([false, false]);
});

it('removes each ContentProtection from a manifest and returns the KIDs', () => {
  const protection = (kid?: string) => ({
    tagName: 'ContentProtection',
    attributes: kid ? { 'cenc:default_KID': kid } : {},
    children: [],
  });
  const set = (...children: object[]) => ({ tagName: 'AdaptationSet', attributes: {}, children });
  const mpd = {
    tagName: 'MPD',
    attributes: {},
    children: [
      {
        tagName: 'Period',
        attributes: {},
        children: [
          set(protection('FBF0E1D2-C3B4-A596-8778-695A4B3C2D1E'), protection(), {
            tagName: 'Role',
            attributes: {},
            children: [],
          }),
          set(protection('fbf0e1d2-c3b4-a596-8778-695a4b3c2d1e')),
        ],
      },
    ],
  };
  expect(removeProtection(mpd as Parameters<typeof removeProtection>[0])).toEqual([kidHex]);
  expect(JSON.stringify(mpd)).not.toContain('ContentProtection');
  expect(JSON.stringify(mpd)).toContain('Role');
});
