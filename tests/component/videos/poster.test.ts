import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type ProcessRequest, ToolRunner } from '@/lib/processes/tool-runner';
import { prepareFolders } from '@/lib/storage/folders';
import { randomName, uploadKey } from '@/lib/storage/keys';
import { openPoster } from '@/lib/videos/poster';
import { sampleContext } from '@/tests/harness/sample-context';
import { sampleProbe } from '@/tests/harness/sample-probe';

/** A context whose tools do nothing but `run`. */
function contextWith(run: ToolRunner['run']) {
  const context = sampleContext();
  return { ...context, tools: Object.assign(new ToolRunner(context.settings), { run }) };
}

/** A video whose file exists. */
async function videoIn(context: ReturnType<typeof sampleContext>): Promise<number> {
  const root = context.settings.STORAGE_DIR;
  await prepareFolders(root);
  const storageKey = uploadKey(randomName(), '.mp4');
  await mkdir(path.dirname(path.join(root, storageKey)), { recursive: true });
  await writeFile(path.join(root, storageKey), 'x');
  const probe = sampleProbe();
  const video = { name: 'a.mp4', title: 'a', storageKey, sizeBytes: 1, durationSeconds: 10, probe };
  return (await context.ledger.addVideo(video)).id;
}

it('a file without a poster is tried once, however often its poster is requested', async () => {
  const run = vi.fn(async () => {
    throw new Error('not decodable');
  });
  const context = contextWith(run);
  const id = await videoIn(context);
  const refused = { code: 'poster-not-available' };
  await Promise.all(
    Array.from({ length: 20 }, () => expect(openPoster(context, id)).rejects.toMatchObject(refused)),
  );
  await expect(openPoster(context, id)).rejects.toMatchObject(refused);
  expect(run).toHaveBeenCalledTimes(5);
});

it('all tries of one video share one limit of time', async () => {
  const limit = new AbortController();
  const run = vi.fn(async ({ signal }: ProcessRequest) => {
    limit.abort(new Error('time is over'));
    signal?.throwIfAborted();
    throw new Error('The limit did not end the tool.');
  });
  const context = contextWith(run);
  const id = await videoIn(context);
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
  onTestFinished(() => timeout.mockRestore());
  await expect(openPoster(context, id)).rejects.toMatchObject({ code: 'poster-not-available' });
  expect(timeout).toHaveBeenCalledExactlyOnceWith(25_000);
  expect(run).toHaveBeenCalledOnce();
});
