import { expect } from 'vitest';
import type { AppServer } from './app-server';
import { beside, findGaps } from './storage-checks';

interface PackageEnd {
  id: number;
  status: string;
  mediaId: string;
  currentVersion: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  tracks: string | null;
}

const listEnds = (storage: string) =>
  beside(
    storage,
    ({ db }) =>
      db.$client
        .prepare(
          `SELECT p.id, status, media_id mediaId, current_version currentVersion, error_code errorCode,
            error_message errorMessage, v.tracks
          FROM packages p LEFT JOIN versions v ON v.package_id = p.id AND v.number = p.current_version`,
        )
        .all() as PackageEnd[],
  );

/** Checks that each package is ready, or failed for a reason that only the kills can cause. */
export async function checkEnds({ origin, storage }: AppServer): Promise<{ ready: number; failed: number }> {
  const ends = await listEnds(storage);
  for (const { id, status, errorCode, errorMessage, mediaId, currentVersion, tracks } of ends) {
    expect(['ready', 'failed'], `package ${id}`).toContain(status);
    if (status === 'failed') expect(errorMessage).toMatch(/interrupted 3 times/);
    expect([null, 'attempts-exhausted'], `package ${id}: ${errorMessage}`).toContain(errorCode);
    if (status === 'ready') expect(currentVersion).not.toBeNull();
    if (currentVersion === null || tracks === null) continue;
    const files = (JSON.parse(tracks) as { file: string }[]).map(({ file }) => file);
    expect(await findGaps(origin, { mediaId, number: currentVersion, files })).toEqual([]);
  }
  const ready = ends.filter(({ status }) => status === 'ready').length;
  return { ready, failed: ends.length - ready };
}
