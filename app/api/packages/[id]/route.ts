import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json, readJson } from '@/lib/http/json';
import { deletePackage } from '@/lib/packages/delete-package';
import { requirePackage } from '@/lib/packages/get-package';
import { packageFields, requirePriority } from '@/lib/packages/package-request';
import { packageView } from '@/lib/packages/package-view';
import { prioritizePackage } from '@/lib/packages/prioritize-package';

export const GET = handle<{ id: string }>(async ({ acting, params: { id } }) =>
  json(200, packageView(requirePackage(acting, parseId(id)))),
);

/** Moves the package's work in the queue: `{"priority": "high"}`. */
export const PATCH = handle<{ id: string }>(async ({ acting, request, params: { id } }) => {
  const priority = requirePriority(await readJson(request, packageFields));
  return json(200, packageView(prioritizePackage(acting, parseId(id), priority)));
});

export const DELETE = handle<{ id: string }>(async ({ acting, params: { id } }) => {
  await deletePackage(acting, parseId(id));
  return new Response(null, { status: 204 });
});
