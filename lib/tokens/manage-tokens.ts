import { z } from 'zod';
import { authorize } from '@/lib/access/authorize';
import type { Acting, UserPrincipal } from '@/lib/access/principal';
import type { TokenRecord } from '@/lib/accounts/access-records';
import { type Permission, permissionsOf, scopes } from '@/lib/accounts/permission';
import { hashSecret, newApiToken } from '@/lib/accounts/secret';
import { recordEvent } from '@/lib/audit/record-event';
import { AppError } from '@/lib/base/errors';
import { expiresInDaysField, expiryAfter } from '@/lib/http/expiry';
import { always, field } from '@/lib/http/field';
import { nameField } from '@/lib/users/user-request';

export const tokenRequestSchema = z.object({
  name: nameField,
  scopes: field(
    z.array(z.enum(scopes)).min(1).max(scopes.length),
    always('scopes-invalid', `The scopes must be some of ${scopes.join(', ')}.`),
  ),
  expiresInDays: expiresInDaysField,
});
export type TokenRequest = z.output<typeof tokenRequestSchema>;

/** An API token, as the API answers it: the token itself is shown only once. */
export const tokenViewSchema = z.object({
  id: z.int(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string().describe('ISO 8601.'),
  expiresAt: z.string().describe('ISO 8601.').nullable(),
  lastUsedAt: z.string().describe('ISO 8601.').nullable(),
});
export type TokenView = z.output<typeof tokenViewSchema>;

export const tokenView = ({
  id,
  name,
  scopes,
  createdAt,
  expiresAt,
  lastUsedAt,
}: TokenRecord): TokenView => ({
  ...{ id, name, scopes },
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/**
 * Creates an API token for the user who is signed in.
 * @throws AppError `scopes-invalid` for what the user may not do, and those of authorize
 */
export async function createToken(
  acting: Acting,
  { name, scopes, expiresInDays }: TokenRequest,
): Promise<{ record: TokenRecord; token: string }> {
  const { userId, role } = owner(acting);
  checkScopes(scopes, permissionsOf[role]);
  const token = newApiToken();
  const record = await acting.access.addToken({
    ...{ userId, name, scopes, tokenHash: hashSecret(token), createdAt: new Date() },
    expiresAt: expiryAfter(expiresInDays),
  });
  const detail = `${name}: ${scopes.join(', ')}`;
  await recordEvent(acting, 'token-create', { target: `token:${record.id}`, detail });
  return { record, token };
}

function checkScopes(wanted: readonly Permission[], allowed: readonly Permission[]): void {
  const tooMuch = wanted.filter((scope) => !allowed.includes(scope));
  if (tooMuch.length === 0) return;
  const message = `Your own account does not allow ${tooMuch.join(', ')}.`;
  throw new AppError('scopes-invalid', message, { field: 'scopes' });
}

/** The tokens of the user who is signed in. */
export const listTokens = async (acting: Acting): Promise<TokenRecord[]> =>
  acting.access.listTokens(owner(acting).userId);

/**
 * Revokes a token of one's own; administrators revoke any.
 * @throws AppError `token-not-found`, and those of authorize
 */
export async function revokeToken(acting: Acting, id: number): Promise<void> {
  const { userId, role } = owner(acting);
  const found = await acting.access.findTokenById(id);
  const isMine = found?.userId === userId || role === 'administrator';
  if (!found || !isMine || !(await acting.access.removeToken(id)))
    throw new AppError('token-not-found', 'There is no such API token.');
  await recordEvent(acting, 'token-delete', { target: `token:${id}`, detail: found.name });
}

/** Tokens are for who signs in: a token makes no others, and outlives no one. */
function owner(acting: Acting): UserPrincipal {
  authorize(acting, 'token.manage', null);
  const { principal } = acting;
  if (principal.kind !== 'user')
    throw new AppError(
      'not-allowed',
      'An API token can not create, list or revoke tokens. Sign in to do so.',
    );
  return principal;
}
