import { z } from 'zod';
import type { Acting } from '@/lib/access/principal';
import { requirePackage } from '@/lib/access/require';
import { always, field } from '@/lib/http/field';
import { originOf } from '@/lib/http/origin';
import type { PageRequest } from '@/lib/http/page';
import type { PackageRecord } from '@/lib/ledger/records';
import { listPackages } from './list-packages';
import { givenKey } from './package-request';
import { type PackageView, packageView } from './package-view';

/** A number, or digits as some clients send it. */
const inputContentId = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .refine((id) => Number.isSafeInteger(id) && id > 0);

/** The legacy API's request for a package, with its key. */
export const legacyPackageRequest = z.object({
  ...givenKey,
  id: field(
    inputContentId,
    always('id-not-number', 'The field id must be the input_content_id of an upload, a whole number.'),
  ),
});

const legacyFieldsSchema = z.object({
  packaged_content_id: z.number(),
  input_content_id: z.number(),
  name: z.string(),
  size: z.number().nullable(),
  duration: z.number(),
  status: z.string(),
  stage: z.string().nullable(),
  progress: z.number(),
  playable: z.boolean(),
  url: z.string().nullable(),
  kid: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  links: z.object({ play: z.string().nullable(), download: z.string().nullable() }),
});
export const legacyPackageSchema = legacyFieldsSchema.meta({ id: 'LegacyPackage' });

export const legacyPackagesSchema = z.object({
  encoded_videos: z.array(legacyFieldsSchema.extend({ id: z.number() })),
  next_cursor: z.string().nullable(),
});

/**
 * @param permission `package.write` for whoever has just requested the package
 * @throws AppError `package-not-found`, and those of authorize
 */
export const getLegacyPackage = async (
  acting: Acting,
  id: number,
  request: Request,
  permission: 'video.read' | 'package.write' = 'video.read',
) => legacyPackageView(await requirePackage(acting, id, permission), request);

/** A package as the legacy API describes it. */
function legacyPackageView(record: PackageRecord, request: Request) {
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
export async function legacyEncodedVideos(acting: Acting, page: PageRequest, request: Request) {
  const { items, nextCursor } = await listPackages(acting, page);
  const origin = originOf(request);
  return {
    encoded_videos: items.map((view) => ({ id: view.id, ...legacyFields(view, origin) })),
    next_cursor: nextCursor,
  };
}
