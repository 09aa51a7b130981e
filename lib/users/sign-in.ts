import type { Acting } from '@/lib/access/principal';
import type { UserRecord } from '@/lib/accounts/access-records';
import type { SetCookies } from '@/lib/accounts/accounts';
import { asUser, recordEvent } from '@/lib/audit/record-event';
import { AppError } from '@/lib/base/errors';
import { clientNetwork } from '@/lib/http/client';

export interface Credentials {
  email: string;
  password: string;
}

/**
 * Signs somebody in. Failures are limited by address and by account; who has signed in to an account from an
 * address is not kept out by the failures of others.
 * @throws AppError `sign-in-failed`, the same for a wrong e-mail address and a wrong password;
 * `too-many-requests`
 */
export async function signIn(
  acting: Acting,
  credentials: Credentials,
  headers: Headers,
): Promise<SetCookies> {
  const { access, limits } = acting;
  const { email } = credentials;
  const network = clientNetwork();
  const user = await access.findUserByEmail(email);
  const attempt = () => trySignIn(acting, credentials, headers, user);
  return limits.failuresByAddress.attempt(network, async () => {
    if (limits.knownAddresses.has(email, network)) return attempt();
    const cookies = await limits.failuresByAccount.attempt(email, attempt);
    limits.knownAddresses.add(email, network);
    return cookies;
  });
}

async function trySignIn(
  acting: Acting,
  { email, password }: Credentials,
  headers: Headers,
  user: UserRecord | undefined,
): Promise<SetCookies> {
  try {
    const cookies = await acting.accounts.signIn(email, password, headers);
    if (user) await recordEvent(acting, 'sign-in', { actor: asUser(user.id, user.name) });
    return cookies;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const actor = user
      ? asUser(user.id, user.name)
      : { actorKind: 'anonymous', actorId: null, actorName: null };
    await recordEvent(acting, 'sign-in', { actor, outcome: 'refused' });
    throw error;
  }
}

/** Ends the session of the request. */
export async function signOut(acting: Acting, headers: Headers): Promise<SetCookies> {
  const cookies = await acting.accounts.signOut(headers);
  if (acting.principal.kind === 'user') await recordEvent(acting, 'sign-out');
  return cookies;
}
