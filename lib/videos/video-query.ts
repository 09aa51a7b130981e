import { z } from 'zod';
import { AppError } from '@/lib/base/errors';
import { always, broken, field } from '@/lib/http/field';
import { limitOf, pageQuery } from '@/lib/http/page';
import type { VideoFilter, VideoPageRequest } from '@/lib/ledger/ledger';
import { videoSorts, videoStatuses } from '@/lib/media/video-list';
import { readVideoCursor } from './video-cursor';

const maxSearchCharacters = 200;

const time = (what: string) =>
  z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .optional()
    .describe(`${what}: a date, which is a day in UTC, or a time, such as 2026-05-17T08:00:00Z.`);

/** What a list of videos may be asked for. */
export const videoQuery = z
  .object({
    q: field(
      z
        .string()
        .max(maxSearchCharacters)
        .optional()
        .describe('Words of title, description or file name; of the last one, the beginning is enough.'),
      always('bad-query', `q may have at most ${maxSearchCharacters} characters.`),
    ),
    sort: field(
      z.enum(videoSorts).optional().describe('`newest` when absent.'),
      always('bad-query', `sort must be one of ${videoSorts.join(', ')}.`),
    ),
    status: field(
      z
        .enum(videoStatuses)
        .optional()
        .describe(
          '`ready`: a package can be played; `in-progress`: work on a package waits or runs; `failed`: that of a package failed; `unpackaged`: none of these.',
        ),
      always('bad-query', `status must be one of ${videoStatuses.join(', ')}.`),
    ),
    owner: field(
      z.string().min(1).max(100).optional().describe('The id of a user, or `me`.'),
      always('bad-query', 'owner must be the id of a user, or me.'),
    ),
    from: field(
      time('Uploaded then or later'),
      always('bad-query', 'from must be a date or a time in ISO 8601.'),
    ),
    to: field(
      time('Uploaded then or earlier'),
      always('bad-query', 'to must be a date or a time in ISO 8601.'),
    ),
    limit: pageQuery.shape.limit,
    cursor: field(
      z.string().max(4000).optional().describe('The nextCursor of an earlier page of the same sort.'),
      always('bad-query', 'cursor must be the nextCursor of an earlier page of the same sort.'),
    ),
    page: field(
      z
        .string()
        .regex(/^[1-9]\d{0,6}$/)
        .optional()
        .describe('The number of a page, from 1; instead of cursor, which misses and repeats nothing.'),
      always('bad-query', 'page must be a whole number from 1.'),
    ),
  })
  .check(({ value: { cursor, page }, issues }) => {
    if (cursor !== undefined && page !== undefined)
      issues.push({ ...broken('page', 'bad-query', 'page and cursor exclude each other.'), input: page });
  });

/**
 * What the ledger is asked for.
 * @param userId that of `me`; null where the principal is no user
 * @throws AppError `bad-query`
 */
export function videoPageRequest(
  { q, sort = 'newest', status, owner, from, to, limit, cursor, page }: z.output<typeof videoQuery>,
  userId: string | null,
): Omit<VideoPageRequest, 'visibleTo'> {
  const most = limitOf(limit);
  return {
    limit: most,
    sort,
    after: cursor === undefined ? undefined : readVideoCursor(sort, cursor),
    skip: page === undefined ? undefined : (Number(page) - 1) * most,
    words: wordsOf(q ?? ''),
    status,
    ownerId: owner === 'me' ? requireUser(userId) : owner,
    ...period(from, to),
  };
}

/** The words of a search: letters, digits and their marks. What is between words has no meaning. */
export const wordsOf = (q: string): string[] => q.toWellFormed().match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];

function requireUser(userId: string | null): string {
  if (userId !== null) return userId;
  throw new AppError('bad-query', 'owner can be me only for somebody who is signed in.', { field: 'owner' });
}

const dayMs = 86_400_000;

/** A date at the end includes its whole day. */
function period(from: string | undefined, to: string | undefined): Pick<VideoFilter, 'from' | 'until'> {
  const isDate = to !== undefined && !to.includes('T');
  return {
    from: from === undefined ? undefined : new Date(from),
    until: to === undefined ? undefined : new Date(Date.parse(to) + (isDate ? dayMs : 1)),
  };
}
