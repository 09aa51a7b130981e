import { AppError } from '@/lib/errors';

/** One page of a list, newest first. `nextCursor` goes into `?cursor=` for the next page; null at the end. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface PageRequest {
  limit: number;
  before: number | undefined;
}

const maxLimit = 200;
const defaultLimit = 50;

/**
 * Reads `?limit=` (1 to 200, 50 when absent) and `?cursor=` from an address.
 * @throws AppError `bad-query`, naming the parameter
 */
export function readPageRequest(url: string): PageRequest {
  const query = new URL(url).searchParams;
  const limit = query.get('limit') ?? String(defaultLimit);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > maxLimit) {
    throw new AppError('bad-query', `limit must be a whole number from 1 to ${maxLimit}.`, {
      field: 'limit',
    });
  }
  const cursor = query.get('cursor');
  if (cursor !== null && !/^[1-9]\d{0,14}$/.test(cursor)) {
    throw new AppError('bad-query', 'cursor must be the nextCursor of an earlier page.', { field: 'cursor' });
  }
  return { limit: Number(limit), before: cursor === null ? undefined : Number(cursor) };
}

/**
 * Makes a page of rows that were queried with one more than the limit: the extra row shows that there is a
 * next page.
 */
export function pageOf<Row extends { id: number }>(rows: Row[], limit: number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(last.id) : null };
}
