import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { deleteText } from '@/lib/videos/delete-text';

export const DELETE = handle<{ id: string; textId: string }>(async ({ acting, params: { id, textId } }) => {
  await deleteText(acting, parseId(id), parseId(textId));
  return new Response(null, { status: 204 });
});
