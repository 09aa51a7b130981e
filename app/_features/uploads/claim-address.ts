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
