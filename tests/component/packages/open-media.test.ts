import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { packages, versions } from '@/db/sqlite/schema';
import { currentManifest, openMedia } from '@/lib/packages/open-media';
import { claimJob, sampleContext } from '@/tests/harness/sample-context';
import { insertJobs, sampleVersion } from '@/tests/harness/sample-database';

const mediaId = '0123456789abcdef0123456789abcdef';
const notFound = { name: 'AppError', code: 'media-not-found' };

/** A context whose storage has these files, of a package whose versions 2 and 3 have rows. */
function withFiles(...files: string[]) {
  const context = sampleContext();
  const [packageId = 0] = insertJobs(context.db, 1);
  context.db.update(packages).set({ mediaId }).run();
  for (const number of [2, 3])
    context.db
      .insert(versions)
      .values({ packageId, ...sampleVersion(number) })
      .run();
  for (const file of files) {
    const full = path.join(context.settings.STORAGE_DIR, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, file);
  }
  return context;
}

describe('a file of a package', () => {
  const files = [
    'v4/manifest.mpd',
    'v2/manifest.mpd',
    'v2/video-1080p.mp4',
    'v2/download.mp4',
    'download-1/download.mp4',
  ].map((name) => `packages/${mediaId}/${name}`);

  it.each(['manifest.mpd', 'video-1080p.mp4'])('is opened: %s', async (name) => {
    const file = await openMedia(withFiles(...files), mediaId, ['v2', name]);
    expect(await text(file.read(0, file.sizeBytes - 1))).toBe(`packages/${mediaId}/v2/${name}`);
  });

  it.each<[string, string, string[]]>([
    ['the download, which has its own handler', mediaId, ['download-1', 'download.mp4']],
    ['the download of an older Cenclave', mediaId, ['v2', 'download.mp4']],
    ['a file that does not exist', mediaId, ['v2', 'none.mp4']],
    ['a version that does not exist', mediaId, ['v1', 'manifest.mpd']],
    ['a version without a row', mediaId, ['v4', 'manifest.mpd']],
    ['a version by another spelling', mediaId, ['v02', 'manifest.mpd']],
    ['no version', mediaId, ['manifest.mpd']],
    ['a folder', mediaId, ['v2']],
    ['too deep', mediaId, ['v2', 'a', 'b']],
    ['nothing', mediaId, []],
    ['another package', 'f'.repeat(32), ['v2', 'manifest.mpd']],
    ['the media id in capitals', mediaId.toUpperCase(), ['v2', 'manifest.mpd']],
    ['no media id', '..', ['v2', 'manifest.mpd']],
    ['a way up', mediaId, ['v2', '../../../master.key']],
    ['a way up to the master key', mediaId, ['..', 'master.key']],
    ['a hidden file', mediaId, ['v2', '.hidden']],
  ])('is not found: %s', async (_, id, names) => {
    await expect(openMedia(withFiles(...files), id, names)).rejects.toMatchObject(notFound);
  });
});

describe('the address of a manifest without a version', () => {
  it.each(['manifest.mpd', 'master.m3u8'])('leads to the current version: %s', async (name) => {
    const context = sampleContext();
    insertJobs(context.db, 1);
    const job = await claimJob(context);
    for (const number of [1, 2]) await context.ledger.publish(job, { version: sampleVersion(number) });
    expect(await currentManifest(context, 'media-1-0', name)).toBe(`/media/media-1-0/v2/${name}`);
  });

  it.each([
    ['before the first version', 'media-1-0', 'manifest.mpd'],
    ['of another file', 'media-1-0', 'video-1080p.mp4'],
    ['of no package', 'none', 'manifest.mpd'],
  ])('is not found: %s', async (_, id, name) => {
    const context = sampleContext();
    insertJobs(context.db, 1);
    await expect(currentManifest(context, id, name)).rejects.toMatchObject(notFound);
  });
});
