import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { insertVideo } from '@/db/queries/videos';
import { runFfmpeg } from '@/lib/ffmpeg/run-ffmpeg';
import { prepareFolders } from '@/lib/storage/folders';
import { randomName, uploadKey } from '@/lib/storage/keys';
import { openPoster } from '@/lib/videos/poster';
import { sampleContext } from '@/tests/support/sample-context';
import { sampleProbe } from '@/tests/support/sample-probe';

vi.mock('@/lib/ffmpeg/run-ffmpeg');

/** A video whose file exists. */
async function videoIn(context: ReturnType<typeof sampleContext>): Promise<number> {
  const root = context.settings.STORAGE_DIR;
  await prepareFolders(root);
  const storageKey = uploadKey(randomName(), '.mp4');
  await mkdir(path.dirname(path.join(root, storageKey)), { recursive: true });
  await writeFile(path.join(root, storageKey), 'x');
  const probe = sampleProbe();
  return insertVideo(context.db, { name: 'a.mp4', storageKey, sizeBytes: 1, durationSeconds: 10, probe }).id;
}

it('a file without a poster is tried once, however often its poster is requested', async () => {
  const context = sampleContext();
  const id = await videoIn(context);
  vi.mocked(runFfmpeg).mockReset().mockRejectedValue(new Error('not decodable'));
  const refused = { code: 'poster-not-available' };
  await Promise.all(
    Array.from({ length: 20 }, () => expect(openPoster(context, id)).rejects.toMatchObject(refused)),
  );
  await expect(openPoster(context, id)).rejects.toMatchObject(refused);
  expect(runFfmpeg).toHaveBeenCalledTimes(5);
});

it('all tries of one video share one limit of time', async () => {
  const context = sampleContext();
  const id = await videoIn(context);
  const limit = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
  onTestFinished(() => timeout.mockRestore());
  vi.mocked(runFfmpeg)
    .mockReset()
    .mockImplementation(async (_, { signal }) => {
      limit.abort(new Error('time is over'));
      signal?.throwIfAborted();
      throw new Error('The limit did not end the tool.');
    });
  await expect(openPoster(context, id)).rejects.toMatchObject({ code: 'poster-not-available' });
  expect(timeout).toHaveBeenCalledExactlyOnceWith(25_000);
  expect(runFfmpeg).toHaveBeenCalledOnce();
});
