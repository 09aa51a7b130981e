import { type VideoSort, type VideoStatus, videoSorts, videoStatuses } from '@/lib/media/video-list';

/** What the library shows, as its address says it. Empty texts are absent. */
export interface LibraryQuery {
  q: string;
  sort: VideoSort;
  status: VideoStatus | '';
  owner: string;
  /** Dates, both included. */
  from: string;
  to: string;
  /** From 1. */
  page: number;
}

export const wholeLibrary: LibraryQuery = {
  ...{ q: '', sort: 'newest', status: '', owner: '', from: '', to: '', page: 1 },
};

/** How many videos a page has. */
const pageSize = 24;
export const longestSearch = 200;

/**
 * Reads the address of the library; what it does not allow counts as absent.
 * @param parameterOf returns the value of a parameter; null where there is none
 * @param hasOwners whether somebody is signed in: otherwise videos have no owners
 */
export function readLibraryQuery(
  parameterOf: (name: string) => string | null,
  hasOwners: boolean,
): LibraryQuery {
  const text = (name: string, most: number) => (parameterOf(name) ?? '').slice(0, most);
  const page = parameterOf('page') ?? '';
  return {
    q: text('q', longestSearch),
    sort: videoSorts.find((sort) => sort === parameterOf('sort')) ?? 'newest',
    status: videoStatuses.find((status) => status === parameterOf('status')) ?? '',
    owner: hasOwners ? text('owner', 100) : '',
    from: dateOf(parameterOf('from')),
    to: dateOf(parameterOf('to')),
    page: /^[1-9]\d{0,6}$/.test(page) ? Number(page) : 1,
  };
}

function dateOf(text: string | null): string {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return '';
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : '';
}

/** What differs from the whole library, as parameters. */
function parametersOf(query: LibraryQuery): Record<string, string> {
  const { page, sort, ...texts } = query;
  const given = {
    ...texts,
    sort: sort === wholeLibrary.sort ? '' : sort,
    page: page === 1 ? '' : String(page),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

/** The address of the page that shows this. */
export function libraryAddress(query: LibraryQuery): string {
  const search = new URLSearchParams(parametersOf(query)).toString();
  return search === '' ? '/' : `/?${search}`;
}

/** The query of `GET /api/videos` for this. */
export const videosRequest = (query: LibraryQuery) => ({ ...parametersOf(query), limit: String(pageSize) });

export const pagesOf = (total: number): number => Math.max(1, Math.ceil(total / pageSize));

/** How many filters are set. */
export const countFilters = ({ status, owner, from, to }: LibraryQuery): number =>
  [status, owner, from, to].filter((value) => value !== '').length;

/** Whether the library leaves videos out. */
export const isNarrowed = (query: LibraryQuery): boolean => query.q !== '' || countFilters(query) > 0;
