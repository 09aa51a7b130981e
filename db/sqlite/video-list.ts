import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  gte,
  inArray,
  isNotNull,
  lt,
  ne,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { VideoFilter, VideoPageRequest } from '@/lib/ledger/ledger';
import type { VideoRecord } from '@/lib/ledger/records';
import type { VideoSort, VideoStatus } from '@/lib/media/video-list';
import type { Db } from './client';
import { isVisible } from './packages';
import { packages, videos } from './schema';

/** What each order sorts by before the id, where it is not the id alone; the schema has an index for each. */
const sortedBy: Partial<Record<VideoSort, SQL>> = {
  title: sql`${videos.title} collate nocase`,
  longest: sql`${videos.durationSeconds}`,
  largest: sql`${videos.sizeBytes}`,
};

/** A page of videos: see Ledger.listVideos. */
export function listVideos(
  db: Db,
  { limit, sort = 'newest', after, skip = 0, ...filter }: VideoPageRequest,
): VideoRecord[] {
  const by = sortedBy[sort];
  const { source, id, conditions } = found(db, filter, by !== undefined);
  const isAscending = sort === 'oldest' || sort === 'title';
  const direct = isAscending ? asc : desc;
  // An index finds the ids; then the rows of this page alone are read.
  const ids = db
    .select({ id })
    .from(source)
    .where(and(after && isBeyond(by, id, after, isAscending), ...conditions))
    .orderBy(...(by ? [direct(by)] : []), direct(id))
    .limit(limit)
    .offset(skip);
  return db
    .select()
    .from(videos)
    .where(inArray(videos.id, ids))
    .orderBy(...(by ? [direct(by)] : []), direct(videos.id))
    .all();
}

export function countVideos(db: Db, filter: VideoFilter): number {
  const { source, conditions } = found(db, filter, false);
  const row = db
    .select({ total: count() })
    .from(source)
    .where(and(...conditions))
    .get();
  return row?.total ?? 0;
}

/** What follows a position in an order; the first condition is the one that an index helps with. */
function isBeyond(
  by: SQL | undefined,
  id: SQL,
  after: NonNullable<VideoPageRequest['after']>,
  isAscending: boolean,
): SQL {
  const sign = sql.raw(isAscending ? '>' : '<');
  const isLater = sql`${id} ${sign} ${after.id}`;
  return by ? sql`${by} ${sign}= ${after.value} and (${by} ${sign} ${after.value} or ${isLater})` : isLater;
}

/**
 * The videos that a filter finds: their source, their id in it, and the conditions.
 * @param needsRows whether more of them is needed than what indexes cover
 */
function found(db: Db, filter: VideoFilter, needsRows: boolean) {
  const { words = [], status, ownerId, from, until } = filter;
  const conditions = [
    isVisible(filter),
    status && hasStatus(db, status),
    ownerId === undefined ? undefined : eq(videos.ownerId, ownerId),
    from && gte(videos.createdAt, from),
    until && lt(videos.createdAt, until),
  ];
  if (words.length === 0) return { source: sql`${videos}`, id: sql`${videos.id}`, conditions };
  const search = sql`video_search match ${matching(words)}`;
  const id = sql`video_search.rowid`;
  if (!needsRows && conditions.every((condition) => condition === undefined))
    return { source: sql`video_search`, id, conditions: [search] };
  // The search goes first (`cross join`), and finds ids in their order. SQLite by itself reads the wide rows.
  const covered = sql.raw(needsRows ? '' : 'indexed by videos_by_id');
  const source = sql`video_search cross join ${videos} ${covered} on ${videos.id} = video_search.rowid`;
  return { source, id, conditions: [search, ...conditions] };
}

/** A query of FTS5: each word is a string, in which nothing has a meaning; the last one is a prefix. */
const matching = (words: readonly string[]): string => `${words.map(quoted).join(' ')}*`;

/** A string of FTS5, which would end at U+0000. */
const quoted = (word: string): string => `"${word.replaceAll('"', '""').replaceAll('\0', ' ')}"`;

const isPlayable = isNotNull(packages.currentVersion);

function hasStatus(db: Db, status: VideoStatus): SQL {
  const ofVideo = (condition: SQL | undefined) =>
    db
      .select({ id: packages.videoId })
      .from(packages)
      .where(and(eq(packages.videoId, videos.id), condition));
  /** The index finds the packages of a status, of which there are few. */
  const amongThose = (condition: SQL) =>
    inArray(videos.id, db.select({ id: packages.videoId }).from(packages).where(condition));
  switch (status) {
    case 'ready':
      return exists(ofVideo(isPlayable));
    case 'in-progress':
      return amongThose(inArray(packages.status, ['queued', 'processing']));
    case 'failed':
      return amongThose(eq(packages.status, 'failed'));
    case 'unpackaged':
      return notExists(ofVideo(or(ne(packages.status, 'canceled'), isPlayable)));
  }
}
