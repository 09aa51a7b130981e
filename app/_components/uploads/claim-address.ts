/** Where the browser has no locks (pages that were not loaded by HTTPS): what this tab sends to. */
const held = new Set<string>();

/**
 * Takes the address of an upload for one sending; gives what releases it, or null when another has it: the same file chosen
 * twice, or in two tabs.
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
