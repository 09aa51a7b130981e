import type { Acting } from '@/lib/access/principal';
import { closeSetup, isSetupOpen, isSetupToken, reopenSetup } from '@/lib/access/setup';
import type { UserRecord } from '@/lib/accounts/access-records';
import type { SetCookies } from '@/lib/accounts/accounts';
import { hashSecret, newSecret } from '@/lib/accounts/secret';
import type { App } from '@/lib/app/app';
import { asUser, recordEvent } from '@/lib/audit/record-event';
import { publicOrigin } from '@/lib/base/env';
import { AppError } from '@/lib/base/errors';
import { clientNetwork } from '@/lib/http/client';

const invitationDays = 7;

export interface Invitation {
  /** The link to pass on; its secret is stored nowhere. */
  url: string;
  expiresAt: Date;
}

/** Whether the first administrator is still to be created: for the page of the setup. */
export const isSetupPending = ({ settings, access }: App): Promise<boolean> =>
  isSetupOpen(settings.STORAGE_DIR, access);

/** Makes the link by which a user sets a password; an earlier link ends. */
export async function inviteUser({ access, settings }: App, userId: string): Promise<Invitation> {
  const secret = newSecret();
  const expiresAt = new Date(Date.now() + invitationDays * 24 * 60 * 60 * 1000);
  await access.addInvitation({ userId, tokenHash: hashSecret(secret), expiresAt });
  return { url: `${publicOrigin(settings)}/invitation#${secret}`, expiresAt };
}

/**
 * Who is invited by a link.
 * @throws AppError `link-invalid`, `too-many-requests`
 */
export async function invitedUser({ access, limits }: App, secret: string): Promise<UserRecord> {
  const find = async () => (await access.findInvitation(hashSecret(secret))) ?? linkInvalid();
  return limits.guesses.attempt(clientNetwork(), find);
}

/**
 * Sets the password of an invited user, ends that user's sessions, and signs in.
 * @throws AppError `link-invalid`, `too-many-requests`
 */
export async function acceptInvitation(
  acting: Acting,
  { secret, password }: { secret: string; password: string },
  headers: Headers,
): Promise<SetCookies> {
  const user = await invitedUser(acting, secret);
  if (!(await acting.access.takeInvitation(hashSecret(secret)))) linkInvalid();
  await acting.accounts.setPassword(user.id, password);
  await recordEvent(acting, 'password-change', {
    actor: asUser(user.id, user.name),
    detail: 'by invitation',
  });
  return acting.accounts.signIn(user.email, password, headers);
}

export interface FirstAdministrator {
  token: string;
  name: string;
  email: string;
  password: string;
}

/**
 * Creates the first administrator with the token of the setup, and signs in. The setup is then over.
 * @throws AppError `not-found` where there is no setup, `link-invalid`, `too-many-requests`
 */
export async function setUp(
  acting: Acting,
  { token, name, email, password }: FirstAdministrator,
  headers: Headers,
): Promise<SetCookies> {
  const { settings, access, accounts, limits } = acting;
  if (!(await isSetupOpen(settings.STORAGE_DIR, access)))
    throw new AppError('not-found', 'There is nothing at this address.');
  await limits.guesses.attempt(clientNetwork(), async () => {
    if (!isSetupToken(settings.STORAGE_DIR, token)) linkInvalid();
    // Without a pause before this: of two requests with the token, one finds it.
    closeSetup(settings.STORAGE_DIR);
  });
  const user = { name, email, password, role: 'administrator' } as const;
  const id = await accounts.createUser(user).catch((error: unknown) => {
    reopenSetup(settings.STORAGE_DIR, token);
    throw error;
  });
  await recordEvent(acting, 'setup', { actor: asUser(id, name), target: `user:${id}` });
  return accounts.signIn(email, password, headers);
}

function linkInvalid(): never {
  throw new AppError('link-invalid', 'This link is not valid: it may be used already, or expired.');
}
