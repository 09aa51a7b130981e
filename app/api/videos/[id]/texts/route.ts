import { idParams } from '@/lib/http/ids';
import { receiveUpload } from '@/lib/http/receive-upload';
import { route } from '@/lib/http/route';
import { addText, textLimits } from '@/lib/videos/add-text';
import { listTexts } from '@/lib/videos/list-texts';
import { readTextFields, textFields } from '@/lib/videos/text-request';
import { textsViewSchema, textViewSchema } from '@/lib/videos/text-view';

export const GET = route(
  {
    summary: 'List the text tracks of a video',
    access: 'video.read',
    params: idParams,
    answers: { 200: textsViewSchema },
  },
  async ({ acting, params, answer }) => answer(200, await listTexts(acting, params.id)),
);

export const POST = route(
  {
    summary: 'Add a text track to a video',
    access: 'video.write',
    params: idParams,
    form: { file: 'SubRip, WebVTT or SubStation Alpha.', fields: textFields },
    answers: { 201: textViewSchema },
  },
  async ({ acting, params, request, answer }) => {
    const text = await receiveUpload(acting, request, textLimits(acting), (file, fields) =>
      addText(acting, params.id, file, readTextFields(fields)),
    );
    return answer(201, text, { Location: text.links.self });
  },
);
