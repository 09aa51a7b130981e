import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { receiveUpload } from '@/lib/http/receive-upload';
import { addAudio, audioLimits, readAudioFields } from '@/lib/packages/add-audio';
import { packageView } from '@/lib/packages/package-view';
import { requireEditable } from '@/lib/packages/require-editable';

/** Adds an audio track to a package: the fields `file`, `language`, `label?`. */
export const POST = handle<{ id: string }>(async ({ acting, request, params: { id } }) => {
  const packageId = parseId(id);
  // Checked before the file is received as well, because it may be large.
  requireEditable(acting, packageId);
  const record = await receiveUpload(acting, request, audioLimits(acting), (file, fields) =>
    addAudio(acting, packageId, file, readAudioFields(fields)),
  );
  return json(202, packageView(record));
});
