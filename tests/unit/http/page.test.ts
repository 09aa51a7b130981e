import { describe, expect, it } from 'vitest';
import { readInput } from '@/lib/http/field';
import { pageOf, pageQuery, pageRequest } from '@/lib/http/page';

const read = (query: string) =>
  pageRequest(readInput(pageQuery, Object.fromEntries(new URLSearchParams(query))));

describe('a request for a page', () => {
  it.each([
    ['', { limit: 50, before: undefined }],
    ['?limit=1', { limit: 1, before: undefined }],
    ['?limit=200', { limit: 200, before: undefined }],
    ['?cursor=17', { limit: 50, before: 17 }],
    ['?limit=10&cursor=999999999999999', { limit: 10, before: 999_999_999_999_999 }],
    ['?other=x', { limit: 50, before: undefined }],
  ])('is read: %j', (query, expected) => {
    expect(read(query)).toEqual(expected);
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?limit=-1', 'limit'],
    ['?limit=', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?limit=1e2', 'limit'],
    ['?limit=1000', 'limit'],
    ['?limit=all', 'limit'],
    ['?limit=%201', 'limit'],
    ['?cursor=', 'cursor'],
    ['?cursor=0', 'cursor'],
    ['?cursor=-5', 'cursor'],
    ['?cursor=abc', 'cursor'],
    ['?cursor=1000000000000000', 'cursor'],
    ['?limit=x&cursor=y', 'limit'],
  ])('is refused, naming what is wrong: %j', (query, field) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ code: 'bad-query', field }));
  });
});

describe('a page', () => {
  const rows = (...ids: number[]) => ids.map((id) => ({ id }));

  it.each([
    ['is empty', rows(), { items: [], nextCursor: null }],
    ['has fewer rows than the limit', rows(9), { items: rows(9), nextCursor: null }],
    ['has as many rows as the limit', rows(9, 8), { items: rows(9, 8), nextCursor: null }],
    ['has a next one', rows(9, 8, 7), { items: rows(9, 8), nextCursor: '8' }],
  ])('%s', (_, found, expected) => {
    expect(pageOf(found, 2)).toEqual(expected);
  });

  it('begins where the previous one ended', () => {
    const all = rows(5, 4, 3, 2, 1);
    const pageBefore = (before: number | undefined) =>
      pageOf(all.filter(({ id }) => before === undefined || id < before).slice(0, 3), 2);
    const first = pageBefore(undefined);
    const second = pageBefore(read(`?cursor=${first.nextCursor}`).before);
    const third = pageBefore(read(`?cursor=${second.nextCursor}`).before);
    expect([first, second, third].flatMap((page) => page.items)).toEqual(all);
    expect(third.nextCursor).toBeNull();
  });
});
