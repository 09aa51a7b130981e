import { authorize } from '@/lib/access/authorize';
import type { Acting, UserPrincipal } from '@/lib/access/principal';
import type { SessionRecord, UserRecord } from '@/lib/accounts/access-records';
import type { SetCookies } from '@/lib/accounts/accounts';
import type { Role } from '@/lib/accounts/permission';
import { recordEvent } from '@/lib/audit/record-event';
import { AppError } from '@/lib/base/errors';
import { type Invitation, inviteUser } from './invitations';

/** @throws those of authorize */
export async function listUsers(acting: Acting): Promise<UserRecord[]> {
  authorize(acting, 'user.manage', null);
  return acting.access.listUsers();
}

/**
 * Creates a user without a password, and the link to set one.
 * @throws AppError `email-taken`, and those of authorize
 */
export async function createUser(
  acting: Acting,
  user: { name: string; email: string; role: Role },
): Promise<{ user: UserRecord; invitation: Invitation }> {
  authorize(acting, 'user.manage', null);
  const id = await acting.accounts.createUser({ ...user, password: null });
  await recordEvent(acting, 'user-create', { target: `user:${id}`, detail: `${user.email}, ${user.role}` });
  return { user: await findUser(acting, id), invitation: await inviteUser(acting, id) };
}

/**
 * A new link to set a password, for a user who lost it or the first link.
 * @throws AppError `user-not-found`, and those of authorize
 */
export async function inviteAgain(acting: Acting, id: string): Promise<Invitation> {
  authorize(acting, 'user.manage', null);
  await findUser(acting, id);
  await recordEvent(acting, 'user-invite', { target: `user:${id}` });
  return inviteUser(acting, id);
}

/** @throws AppError `user-not-found`, `last-administrator`, and those of authorize */
export async function changeRole(acting: Acting, id: string, role: Role): Promise<UserRecord> {
  authorize(acting, 'user.manage', null);
  await findUser(acting, id);
  if (!(await acting.access.changeRole(id, role))) throw lastAdministrator();
  acting.accounts.forget();
  await recordEvent(acting, 'user-change', { target: `user:${id}`, detail: role });
  return findUser(acting, id);
}

/**
 * Deletes a user; the videos go to the administrators.
 * @throws AppError `user-not-found`, `last-administrator`, and those of authorize
 */
export async function deleteUser(acting: Acting, id: string): Promise<void> {
  authorize(acting, 'user.manage', null);
  const { email } = await findUser(acting, id);
  if (!(await acting.access.removeUser(id))) throw lastAdministrator();
  acting.accounts.forget();
  await recordEvent(acting, 'user-delete', { target: `user:${id}`, detail: email });
}

async function findUser({ access }: Acting, id: string): Promise<UserRecord> {
  const user = await access.findUser(id);
  if (!user) throw new AppError('user-not-found', 'There is no such user.');
  return user;
}

const lastAdministrator = () =>
  new AppError('last-administrator', 'This is the only administrator. Make somebody else one first.');

/**
 * The user who is signed in.
 * @throws those of authorize
 */
export function signedIn(acting: Acting): UserPrincipal {
  authorize(acting, 'account.manage', null);
  const { principal } = acting;
  if (principal.kind !== 'user') throw new Error('Only users may manage an account.');
  return principal;
}

/** The sessions of the user who is signed in; the latest first. */
export const listSessions = (acting: Acting): Promise<SessionRecord[]> =>
  acting.access.listSessions(signedIn(acting).userId);

/** @throws AppError `session-not-found`, and those of authorize */
export async function endSession(acting: Acting, id: string): Promise<void> {
  const { userId } = signedIn(acting);
  if (!(await acting.access.removeSession(userId, id)))
    throw new AppError('session-not-found', 'There is no such session.');
  acting.accounts.forget();
  await recordEvent(acting, 'session-end', { target: `user:${userId}` });
}

/**
 * Changes the password of the user who is signed in, and ends all other sessions.
 * @throws AppError `password-wrong`, `too-many-requests`, and those of authorize
 */
export async function changePassword(
  acting: Acting,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  headers: Headers,
): Promise<SetCookies> {
  const { userId } = signedIn(acting);
  const cookies = await acting.limits.guesses.attempt(userId, () =>
    acting.accounts.changePassword(headers, currentPassword, newPassword),
  );
  await recordEvent(acting, 'password-change', { target: `user:${userId}` });
  return cookies;
}
