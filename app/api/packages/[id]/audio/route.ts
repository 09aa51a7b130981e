import { idParams } from '@/lib/http/ids';
import { receiveUpload } from '@/lib/http/receive-upload';
import { route } from '@/lib/http/route';
import { addAudio, audioFields, audioLimits, readAudioFields } from '@/lib/packages/add-audio';
import { requireEditable } from '@/lib/packages/get-package';
import { packageView, packageViewSchema } from '@/lib/packages/package-view';

export const POST = route(
  {
    summary: 'Add an audio track to a package',
    access: 'package.write',
    params: idParams,
    form: { file: 'Audio, or a video whose first audio stream is taken.', fields: audioFields },
    answers: { 202: packageViewSchema },
  },
  async ({ acting, params, request, answer }) => {
    // Checked before the file is received as well, because it may be large.
    await requireEditable(acting, params.id);
    const record = await receiveUpload(acting, request, audioLimits(acting), (file, fields) =>
      addAudio(acting, params.id, file, readAudioFields(fields)),
    );
    return answer(202, packageView(record));
  },
);
