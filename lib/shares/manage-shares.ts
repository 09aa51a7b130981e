import { z } from 'zod';
import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { addToCookie, isInCookie } from '@/lib/access/share-cookie';
import type { ShareRecord } from '@/lib/accounts/access-records';
import { hashPassword, isPassword } from '@/lib/accounts/password';
import { hashSecret, newSecret } from '@/lib/accounts/secret';
import { recordEvent } from '@/lib/audit/record-event';
import { publicOrigin } from '@/lib/base/env';
import { AppError } from '@/lib/base/errors';
import { clientNetwork } from '@/lib/http/client';
import { expiresInDaysField, expiryAfter } from '@/lib/http/expiry';
import { always, field } from '@/lib/http/field';

const nameLength = 100;
const passwordLength = 256;

export const shareRequestSchema = z.object({
  name: field(
    z.string().trim().max(nameLength).default(''),
    always('name-invalid', `The name must have at most ${nameLength} characters.`),
  ),
  password: field(
    z.string().min(1).max(passwordLength).nullish(),
    always('password-invalid', `The password must have 1 to ${passwordLength} characters, or null: none.`),
  ),
  allowsDownload: z.boolean().default(false),
  expiresInDays: expiresInDaysField,
});
export type ShareRequest = z.output<typeof shareRequestSchema>;

/** A share link, as the API answers it: the link itself is shown only once. */
export const shareViewSchema = z.object({
  id: z.int(),
  packageId: z.int(),
  name: z.string(),
  hasPassword: z.boolean(),
  allowsDownload: z.boolean(),
  views: z.int().describe('How many browsers opened it.'),
  createdAt: z.string().describe('ISO 8601.'),
  expiresAt: z.string().describe('ISO 8601.').nullable(),
  isExpired: z.boolean(),
});
export type ShareView = z.output<typeof shareViewSchema>;

export const shareView = (share: ShareRecord): ShareView => {
  const { id, packageId, name, password, allowsDownload, views, createdAt, expiresAt } = share;
  return {
    ...{ id, packageId, name, allowsDownload, views },
    hasPassword: password !== null,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    isExpired: expiresAt !== null && expiresAt.getTime() <= Date.now(),
  };
};

/**
 * Creates a link that opens the player of one package.
 * @throws AppError those of requirePackage
 */
export async function createShare(
  acting: Acting,
  packageId: number,
  { name, password, allowsDownload, expiresInDays }: ShareRequest,
): Promise<{ share: ShareRecord; url: string }> {
  await requirePackage(acting, packageId, 'share.manage');
  const secret = newSecret();
  const share = await acting.access.addShare({
    ...{ packageId, name, allowsDownload, tokenHash: hashSecret(secret), createdAt: new Date() },
    password: password ? await hashPassword(password) : null,
    expiresAt: expiryAfter(expiresInDays),
  });
  const target = `package:${packageId}`;
  await recordEvent(acting, 'share-create', { target, detail: `share:${share.id} ${name}`.trim() });
  return { share, url: `${publicOrigin(acting.settings)}/s/${secret}` };
}

/** @throws AppError those of requirePackage */
export async function listShares(acting: Acting, packageId: number): Promise<ShareRecord[]> {
  await requirePackage(acting, packageId, 'share.manage');
  return acting.access.listShares(packageId);
}

/** @throws AppError `share-not-found`, and those of authorize */
export async function revokeShare(acting: Acting, id: number): Promise<void> {
  const share = (await acting.access.findShareById(id)) ?? notFound();
  await requirePackage(acting, share.packageId, 'share.manage').catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'package-not-found' ? notFound() : error;
  });
  await acting.access.removeShare(id);
  const target = `package:${share.packageId}`;
  await recordEvent(acting, 'share-delete', { target, detail: `share:${id} ${share.name}`.trim() });
}

function notFound(): never {
  throw new AppError('share-not-found', 'There is no such share link: it may be expired or revoked.');
}

/**
 * Opens a share link in a browser.
 * @param password what was given; undefined where nothing was asked yet
 * @param cookie the cookies of the request
 * @returns the package that it opens and the cookie to set, or that a password is needed
 * @throws AppError `share-not-found`, `share-password-wrong`, `too-many-requests`
 */
export async function openShare(
  acting: Acting,
  secret: string,
  password: string | undefined,
  cookie: string,
): Promise<{ packageId: number; cookie: string } | 'password-needed'> {
  const network = clientNetwork();
  const find = async () => (await acting.access.findShare(hashSecret(secret))) ?? notFound();
  const share = await acting.limits.guesses.attempt(network, find);
  if (share.password !== null) {
    if (password === undefined) return 'password-needed';
    const { password: hash } = share;
    await acting.limits.guesses.attempt(network, () => checkPassword(password, hash));
  }
  if (!isInCookie(acting, cookie, secret)) {
    await acting.access.countView(share.id);
    await recordEvent(acting, 'share-open', {
      target: `package:${share.packageId}`,
      detail: `share:${share.id} ${share.name}`.trim(),
    });
  }
  return { packageId: share.packageId, cookie: addToCookie(acting, cookie, secret, share) };
}

async function checkPassword(given: string, hash: string): Promise<void> {
  if (!(await isPassword(given, hash)))
    throw new AppError('share-password-wrong', 'The password is wrong.', { field: 'password' });
}
