import { z } from 'zod';
import { AppError } from '@/lib/base/errors';
import type { VideoPosition } from '@/lib/ledger/ledger';
import type { VideoRecord } from '@/lib/ledger/records';
import { type VideoSort, videoSorts } from '@/lib/media/video-list';

const parts = z.tuple([z.enum(videoSorts), z.union([z.string().max(1000), z.number()]), z.int().positive()]);

/** The value by which a video is sorted. */
function sortValue(sort: VideoSort, video: VideoRecord): string | number {
  switch (sort) {
    case 'title':
      return video.title;
    case 'longest':
      return video.durationSeconds;
    case 'largest':
      return video.sizeBytes;
    default:
      return video.id;
  }
}

/**
 * The cursor after a video: sort, value and id, in base64url. That of `newest` is the id alone, as in all
 * other lists.
 */
export function videoCursor(sort: VideoSort, video: VideoRecord): string {
  if (sort === 'newest') return String(video.id);
  return Buffer.from(JSON.stringify([sort, sortValue(sort, video), video.id])).toString('base64url');
}

/**
 * Where the page of a cursor ended.
 * @throws AppError `bad-query` for what is no cursor of this sort
 */
export function readVideoCursor(sort: VideoSort, cursor: string): VideoPosition {
  if (sort === 'newest' && /^[1-9]\d{0,14}$/.test(cursor))
    return { id: Number(cursor), value: Number(cursor) };
  const [ofSort, value, id] = parts.safeParse(jsonOf(cursor)).data ?? [];
  const isText = typeof value === 'string';
  if (
    sort !== 'newest' &&
    ofSort === sort &&
    value !== undefined &&
    id !== undefined &&
    isText === (sort === 'title')
  )
    return { id, value };
  throw new AppError('bad-query', 'cursor must be the nextCursor of an earlier page of the same sort.', {
    field: 'cursor',
  });
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}
