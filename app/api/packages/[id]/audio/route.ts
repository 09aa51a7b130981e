import { context } from '@/lib/context';
import { handle } from '@/lib/http/handle';
import { parseId } from '@/lib/http/ids';
import { json } from '@/lib/http/json';
import { receiveUpload } from '@/lib/http/receive-upload';
import { addAudio, audioLimits, readAudioFields } from '@/lib/packages/add-audio';
import { packageView } from '@/lib/packages/package-view';
import { requireEditable } from '@/lib/packages/require-editable';

/** One more audio track for a package, such as a dub: the fields `file`, `language`, `label?`. */
export const POST = handle<{ id: string }>(async (request, { id }) => {
  const packageId = parseId(id);
  // Before the file has come as well: it may be large.
  requireEditable(context(), packageId);
  const record = await receiveUpload(request, audioLimits(context()), (file, fields) =>
    addAudio(context(), packageId, file, readAudioFields(fields)),
  );
  return json(202, packageView(record));
});
