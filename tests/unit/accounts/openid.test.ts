import { expect, it } from 'vitest';
import { openIdOf, roleOfClaim } from '@/lib/accounts/openid';

it.each<[unknown, string | undefined]>([
  ['editor', 'editor'],
  [['staff', 'viewer'], 'viewer'],
  [['viewer', 'administrator', 'editor'], 'administrator'],
  ['Administrator', undefined],
  [['staff'], undefined],
  [[['editor']], undefined],
  [{ role: 'editor' }, undefined],
  [undefined, undefined],
  [null, undefined],
  [true, undefined],
])('the claim %j gives the role %s', (claim, role) => expect(roleOfClaim(claim)).toBe(role));

const settings = { OIDC_ROLE_CLAIM: 'role' };
const issuer = { ...settings, OIDC_ISSUER: 'https://id.example' };

it.each([
  ['without a client id', issuer, 'OIDC_CLIENT_ID'],
  ['without a secret', { ...issuer, OIDC_CLIENT_ID: 'c' }, 'OIDC_CLIENT_SECRET_FILE'],
  [
    'with a secret that is not there',
    { ...issuer, OIDC_CLIENT_ID: 'c', OIDC_CLIENT_SECRET_FILE: '/nothing/here' },
    'OIDC_CLIENT_SECRET_FILE',
  ],
])('a provider %s is refused', (_, given, field) => {
  expect(() => openIdOf(given, 'https://video.example')).toThrow(
    expect.objectContaining({ code: 'setting-invalid', field }),
  );
});

it('there is none without an issuer', () => expect(openIdOf(settings, 'https://video.example')).toBeNull());
