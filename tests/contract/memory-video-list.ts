import type { VideoFilter, VideoPageRequest } from '@/lib/ledger/ledger';
import type { VideoRecord } from '@/lib/ledger/records';
import type { VideoSort, VideoStatus } from '@/lib/media/video-list';
import type { MemoryTables } from './memory-tables';

export const isVisible = ({ visibleTo }: VideoFilter, video: VideoRecord | undefined): boolean =>
  visibleTo === undefined || video?.ownerId === visibleTo || video?.visibility === 'members';

/** See Ledger.listVideos. */
export function listVideos(
  tables: MemoryTables,
  { limit, sort = 'newest', after, skip = 0, ...filter }: VideoPageRequest,
): VideoRecord[] {
  const direction = sort === 'oldest' || sort === 'title' ? 1 : -1;
  const compare = (a: Sorted, b: Sorted) => direction * (compareValues(a.value, b.value) || a.id - b.id);
  return [...tables.videos.values()]
    .filter((video) => isFound(tables, filter, video))
    .map((video) => ({ id: video.id, value: sortValueOf(sort, video), video }))
    .filter((one) => !after || compare(one, after) > 0)
    .toSorted(compare)
    .slice(skip, skip + limit)
    .map(({ video }) => video);
}

interface Sorted {
  id: number;
  value: string | number;
}

function sortValueOf(sort: VideoSort, video: VideoRecord): string | number {
  if (sort === 'title') return video.title;
  if (sort === 'longest') return video.durationSeconds;
  return sort === 'largest' ? video.sizeBytes : video.id;
}

/** Texts without the case of the letters A to Z. */
function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [first, second] = [a, b].map((text) =>
    String(text).replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  );
  if (first === second) return 0;
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

function isFound(tables: MemoryTables, filter: VideoFilter, video: VideoRecord): boolean {
  const { words = [], status, ownerId, from, until } = filter;
  return (
    isVisible(filter, video) &&
    hasWords(video, words) &&
    (status === undefined || hasStatus(tables, video.id, status)) &&
    (ownerId === undefined || video.ownerId === ownerId) &&
    (from === undefined || video.createdAt >= from) &&
    (until === undefined || video.createdAt < until)
  );
}

function hasWords({ title, description, name }: VideoRecord, words: readonly string[]): boolean {
  const known = [title, description, name].flatMap((text) => plain(text).split(/[^\p{L}\p{N}\p{Co}]+/u));
  return words
    .map(plain)
    .every((word, i) => known.some((one) => (i === words.length - 1 ? one.startsWith(word) : one === word)));
}

/** In lower case, without diacritics. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function hasStatus({ packages }: MemoryTables, videoId: number, status: VideoStatus): boolean {
  const all = [...packages.values()].filter((row) => row.videoId === videoId);
  const has = {
    ready: all.some(({ currentVersion }) => currentVersion !== null),
    'in-progress': all.some((row) => row.status === 'queued' || row.status === 'processing'),
    failed: all.some((row) => row.status === 'failed'),
  };
  return status === 'unpackaged' ? !Object.values(has).includes(true) : has[status];
}
