import { readFileSync } from 'node:fs';
import { type GenericOAuthUserInfo, genericOAuth } from 'better-auth/plugins';
import { AppError } from '@/lib/base/errors';
import { type Role, roles } from './permission';

/** How people sign in at an OpenID provider (OpenID Connect Core 1.0). */
export interface OpenId {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim of the ID token that has the role. */
  roleClaim: string;
  /** Where the provider sends people back to. */
  redirectUri: string;
}

/** The only provider. */
export const providerId = 'openid';

/** The path to which the provider sends people back. */
const callbackPath = '/api/session/openid/callback';

interface OpenIdSettings {
  OIDC_ISSUER?: string | undefined;
  OIDC_CLIENT_ID?: string | undefined;
  OIDC_CLIENT_SECRET_FILE?: string | undefined;
  OIDC_ROLE_CLAIM: string;
}

/**
 * The OpenID provider of the settings; null where there is none.
 * @throws AppError `setting-invalid`
 */
export function openIdOf(settings: OpenIdSettings, origin: string): OpenId | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET_FILE: file } = settings;
  if (issuer === undefined) return null;
  if (clientId === undefined) throw incomplete('OIDC_CLIENT_ID', 'is not');
  if (file === undefined) throw incomplete('OIDC_CLIENT_SECRET_FILE', 'is not');
  const common = { issuer, clientId, roleClaim: settings.OIDC_ROLE_CLAIM };
  return { ...common, clientSecret: readSecret(file), redirectUri: origin + callbackPath };
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw incomplete('OIDC_CLIENT_SECRET_FILE', `can't be read ("${file}")`);
  }
}

const incomplete = (field: string, how: string) =>
  new AppError('setting-invalid', `OIDC_ISSUER is set, but ${field} ${how}.`, { field });

/**
 * The role that a claim gives: the highest of those that it names.
 * @param claim a role, or a list that has roles among others
 */
export function roleOfClaim(claim: unknown): Role | undefined {
  const named: unknown[] = Array.isArray(claim) ? claim : [claim];
  return roles.find((role) => named.includes(role)); // from the highest to the lowest
}

/**
 * The plugin of better-auth: authorization code with PKCE (RFC 7636), a verified ID token with a nonce. An
 * account is bound to issuer and subject, never to the e-mail address; the role is that of the claim at each
 * sign-in.
 */
export const openIdPlugin = ({ issuer, clientId, clientSecret, roleClaim, redirectUri }: OpenId) =>
  genericOAuth({
    config: [
      {
        ...{ providerId, clientId, clientSecret, redirectURI: redirectUri },
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        scopes: ['openid', 'profile', 'email'],
        pkce: true,
        overrideUserInfo: true,
        disableProviderLogout: true,
        accountSubject: ({ profile }) => `${issuer} ${profile.sub}`,
        mapProfileToUser: (profile) => userOf(profile, roleClaim),
      },
    ],
  });

function userOf(profile: GenericOAuthUserInfo, roleClaim: string) {
  const role = roleOfClaim(profile[roleClaim]);
  if (role === undefined) throw new AppError('not-allowed', `The claim ${roleClaim} names no role.`);
  const name = typeof profile.name === 'string' && profile.name !== '' ? profile.name : String(profile.email);
  return { name, role };
}
