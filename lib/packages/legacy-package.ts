import { z } from 'zod';
import type { PackageRecord } from '@/db/queries/packages';
import type { Acting } from '@/lib/access/principal';
import { AppError } from '@/lib/errors';
import { originOf } from '@/lib/http/origin';
import type { PageRequest } from '@/lib/http/page';
import { listPackages } from './list-packages';
import { type PackageView, packageView } from './package-view';

/** The legacy API's request for a package; each field is checked by hand, to name the one that is wrong. */
export const legacyPackageFields = z
  .object({ id: z.unknown(), key: z.unknown(), kid: z.unknown() })
  .partial();

/**
 * The video's id of a legacy request: a number, or digits as some clients send it.
 * @throws AppError `id-not-number`
 */
export function readInputContentId({ id }: z.output<typeof legacyPackageFields>): number {
  const number = typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : id;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number > 0) return number;
  throw new AppError(
    'id-not-number',
    'The field id must be the input_content_id of an upload, a whole number.',
    { field: 'id' },
  );
}

/** A package as the legacy API describes it. */
export function legacyPackageView(record: PackageRecord, request: Request) {
  return legacyFields(packageView(record), originOf(request));
}

function legacyFields(view: PackageView, origin: string) {
  const absolute = (path: string | null) => path && origin + path;
  return {
    packaged_content_id: view.id,
    input_content_id: view.videoId,
    name: view.videoName,
    size: view.sizeBytes,
    duration: view.durationSeconds,
    status: view.status,
    stage: view.stage,
    progress: view.progress,
    playable: view.playable,
    url: absolute(view.links.manifest),
    kid: view.kids[0] ?? null,
    error: view.error,
    links: { play: absolute(view.links.play), download: absolute(view.links.download) },
  };
}

/** The legacy list of packages; paged like the resource API's lists. */
export function legacyEncodedVideos(acting: Acting, page: PageRequest, request: Request) {
  const { items, nextCursor } = listPackages(acting, page);
  const origin = originOf(request);
  return {
    encoded_videos: items.map((view) => ({ id: view.id, ...legacyFields(view, origin) })),
    next_cursor: nextCursor,
  };
}
