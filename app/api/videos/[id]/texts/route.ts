import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { receiveUpload } from '@/lib/http/receive-upload';
import { addText, textLimits } from '@/lib/videos/add-text';
import { listTexts } from '@/lib/videos/list-texts';
import { readTextFields } from '@/lib/videos/text-request';

export const GET = handle<{ id: string }>(async (_, { id }) => json(200, listTexts(context(), parseId(id))));

export const POST = handle<{ id: string }>(async (request, { id }) => {
  const videoId = parseId(id);
  const text = await receiveUpload(request, textLimits(context()), (file, fields) =>
    addText(context(), videoId, file, readTextFields(fields)),
  );
  return json(201, text, { Location: text.links.self });
});
