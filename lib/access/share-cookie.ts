import { createHmac } from 'node:crypto';
import type { ShareRecord } from '@/lib/accounts/access-records';
import { cookieName, readCookie, setCookie } from '@/lib/accounts/cookies';
import { hashSecret, isSameSecret, keyFor } from '@/lib/accounts/secret';
import type { App } from '@/lib/app/app';
import { publicOrigin } from '@/lib/base/env';
import type { ShareGrant } from './principal';

/** A browser keeps at most this many opened links. */
const mostLinks = 8;

type Means = Pick<App, 'access' | 'masterKey' | 'settings'>;

const nameOf = ({ settings }: Means) => cookieName(publicOrigin(settings), 'shares');
const partsOf = (means: Means, cookie: string) =>
  (readCookie(cookie, nameOf(means)) ?? '').split('~').slice(0, mostLinks);

/** What the share links allow that a browser has opened: those that are neither expired nor revoked. */
export async function grantsOf(means: Means, cookie: string): Promise<ShareGrant[]> {
  if (!cookie.includes(nameOf(means))) return [];
  const grants: ShareGrant[] = [];
  for (const part of partsOf(means, cookie)) {
    const [, secret = '', proof = ''] = /^([\w-]{43})\.([\w-]{43})$/.exec(part) ?? [];
    const share = secret && (await means.access.findShare(hashSecret(secret)));
    if (!share || !isSameSecret(proofOf(means, share), proof)) continue;
    const { id: shareId, packageId, videoId, allowsDownload } = share;
    grants.push({ shareId, packageId, videoId, allowsDownload });
  }
  return grants;
}

/** The cookie of a browser that has opened one more link. */
export function addToCookie(means: Means, cookie: string, secret: string, share: ShareRecord): string {
  const others = partsOf(means, cookie).filter((part) => part && !part.startsWith(`${secret}.`));
  const parts = [`${secret}.${proofOf(means, share)}`, ...others].slice(0, mostLinks);
  return setCookie(publicOrigin(means.settings), nameOf(means), parts.join('~'));
}

/** Whether the cookie has this link already. */
export const isInCookie = (means: Means, cookie: string, secret: string): boolean =>
  partsOf(means, cookie).some((part) => part.startsWith(`${secret}.`));

/** Proves that this server has opened the link: its password was given. Another password ends it. */
const proofOf = ({ masterKey }: Means, { tokenHash, password }: ShareRecord): string =>
  createHmac('sha256', keyFor('share', masterKey))
    .update(`${tokenHash} ${password ?? ''}`)
    .digest('base64url');
