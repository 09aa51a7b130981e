import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { receiveUpload } from '@/lib/http/receive-upload';
import { addText, textLimits } from '@/lib/videos/add-text';
import { listTexts } from '@/lib/videos/list-texts';
import { readTextFields } from '@/lib/videos/text-request';

export const GET = handle<{ id: string }>(async ({ acting, params: { id } }) =>
  json(200, listTexts(acting, parseId(id))),
);

export const POST = handle<{ id: string }>(async ({ acting, request, params: { id } }) => {
  const videoId = parseId(id);
  const text = await receiveUpload(acting, request, textLimits(acting), (file, fields) =>
    addText(acting, videoId, file, readTextFields(fields)),
  );
  return json(201, text, { Location: text.links.self });
});
