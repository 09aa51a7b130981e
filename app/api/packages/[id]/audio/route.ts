import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { receiveUpload } from '@/lib/http/receive-upload';
import { addAudio, audioLimits, readAudioFields } from '@/lib/packages/add-audio';
import { packageView } from '@/lib/packages/package-view';
import { requireEditable } from '@/lib/packages/require-editable';

/** Adds an audio track to a package: the fields `file`, `language`, `label?`. */
export const POST = handle<{ id: string }>(async (request, { id }) => {
  const packageId = parseId(id);
  // Checked before the file is received as well, because it may be large.
  requireEditable(context(), packageId);
  const record = await receiveUpload(request, audioLimits(context()), (file, fields) =>
    addAudio(context(), packageId, file, readAudioFields(fields)),
  );
  return json(202, packageView(record));
});
