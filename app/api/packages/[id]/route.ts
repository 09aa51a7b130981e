import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { deletePackage } from '@/lib/packages/delete-package';
import { requirePackage } from '@/lib/packages/get-package';
import { packageView } from '@/lib/packages/package-view';

export const GET = handle<{ id: string }>(async (_, { id }) =>
  json(200, packageView(requirePackage(context(), parseId(id)))),
);

export const DELETE = handle<{ id: string }>(async (_, { id }) => {
  await deletePackage(context(), parseId(id));
  return new Response(null, { status: 204 });
});
