import { z } from 'zod';
import { always, field } from './field';

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

/** `?limit=` (1 to 200, 50 when absent) and `?cursor=` of a list that is newest first. */
export const pageQuery = z.object({
  limit: field(
    z
      .string()
      .regex(/^\d{1,3}$/)
      .refine((text) => Number(text) >= 1 && Number(text) <= maxLimit)
      .optional()
      .describe(`1 to ${maxLimit}; ${defaultLimit} when absent.`),
    always('bad-query', `limit must be a whole number from 1 to ${maxLimit}.`),
  ),
  cursor: field(
    z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .optional()
      .describe('The nextCursor of an earlier page.'),
    always('bad-query', 'cursor must be the nextCursor of an earlier page.'),
  ),
});

/** How many items a page has at most, by its `?limit=`. */
export const limitOf = (limit: string | undefined): number => Number(limit ?? defaultLimit);

/** What a list is asked for. */
export const pageRequest = ({ limit, cursor }: z.output<typeof pageQuery>): PageRequest => ({
  limit: limitOf(limit),
  before: cursor === undefined ? undefined : Number(cursor),
});

/** One page of a list. */
export const pageSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('Goes into ?cursor= for the next page; null at the end.'),
  });

/**
 * Makes a page of rows that were queried with one more than the limit: the extra row shows that there is a
 * next page.
 */
export function pageOf<Row extends { id: number }>(rows: Row[], limit: number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(last.id) : null };
}
