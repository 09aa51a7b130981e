import { describe, expect, it } from 'vitest';
import {
  countFilters,
  isNarrowed,
  type LibraryQuery,
  libraryAddress,
  pagesOf,
  readLibraryQuery,
  videosRequest,
  wholeLibrary,
} from '@/app/_features/library/library-query';

const read = (search: string, hasOwners = true) => {
  const parameters = new URLSearchParams(search);
  return readLibraryQuery((name) => parameters.get(name), hasOwners);
};

describe('the address of the library', () => {
  it.each<[string, LibraryQuery]>([
    ['/', wholeLibrary],
    ['/?q=lesson+1', { ...wholeLibrary, q: 'lesson 1' }],
    ['/?q=%22%26', { ...wholeLibrary, q: '"&' }],
    [
      '/?status=in-progress&owner=me&from=2026-01-01&to=2026-01-31&sort=title&page=3',
      {
        ...{ q: '', sort: 'title', status: 'in-progress', owner: 'me' },
        ...{ from: '2026-01-01', to: '2026-01-31', page: 3 },
      },
    ],
  ])('%s says what it shows', (address, query) => {
    expect(read(address.slice(1))).toEqual(query);
    expect(libraryAddress(query)).toBe(address);
  });

  it.each([
    'sort=best',
    'sort=',
    'status=queued',
    'from=2026-02-30',
    'to=2026-1-1',
    'from=2026-01-01T00:00:00Z',
    'page=0',
    'page=1.5',
    'page=99999999',
    'other=x',
  ])('ignores what it does not allow: %s', (search) => {
    expect(read(search)).toEqual(wholeLibrary);
  });

  it('has owners only where there are accounts', () => {
    expect(read('owner=me', false)).toEqual(wholeLibrary);
  });

  it('keeps a search short', () => {
    expect(read(`q=${'a'.repeat(999)}`).q).toHaveLength(200);
  });
});

it('asks the API for a page', () => {
  expect(videosRequest(wholeLibrary)).toEqual({ limit: '24' });
  expect(videosRequest({ ...wholeLibrary, q: 'a', page: 2 })).toEqual({ q: 'a', page: '2', limit: '24' });
});

it.each([
  [0, 1],
  [24, 1],
  [25, 2],
  [100_000, 4167],
])('%i videos are on %i pages', (total, pages) => {
  expect(pagesOf(total)).toBe(pages);
});

it.each([
  [{}, 0, false],
  [{ sort: 'title', page: 2 } as const, 0, false],
  [{ q: 'a' }, 0, true],
  [{ status: 'ready', from: '2026-01-01' } as const, 2, true],
])('%j has %i filters', (changes, filters, narrowed) => {
  const query = { ...wholeLibrary, ...changes };
  expect(countFilters(query)).toBe(filters);
  expect(isNarrowed(query)).toBe(narrowed);
});
