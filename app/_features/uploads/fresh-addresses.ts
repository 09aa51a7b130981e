import type { PreviousUpload, Upload } from 'tus-js-client';

/** The server keeps no older uploads, except one that has been receiving bytes for days. */
const longestLifeMs = 7 * 24 * 60 * 60 * 1000;

/** Uploads of this file that the browser remembers, the newest first. Forgets expired ones. */
export async function freshAddresses(
  { defaultOptions }: typeof import('tus-js-client'),
  upload: Upload,
): Promise<PreviousUpload[]> {
  const { urlStorage } = defaultOptions;
  for (const known of await urlStorage.findAllUploads())
    if (!isFresh(known)) await urlStorage.removeUpload(known.urlStorageKey);
  return (await upload.findPreviousUploads()).sort((a, b) => timeOf(b) - timeOf(a));
}

const timeOf = ({ creationTime }: PreviousUpload) => Date.parse(creationTime);
const isFresh = (known: PreviousUpload) => Date.now() - timeOf(known) < longestLifeMs;
