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

/**
 * The addresses that this tab sends to, for browsers without locks (pages that were not loaded over HTTPS).
 */
const held = new Set<string>();

/**
 * Claims the address of an upload for one transfer. Returns the function that releases it, or null if another
 * transfer has it: when the same file is chosen twice, or in two tabs.
 */
export function claimAddress(url: string): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return Promise.resolve(claimInTab(url));
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`upload ${url}`, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

function claimInTab(url: string): (() => void) | null {
  if (held.has(url)) return null;
  held.add(url);
  return () => void held.delete(url);
}
