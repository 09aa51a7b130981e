import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startMaintenance } from '@/lib/maintenance/start-maintenance';
import { prepareFolders, resumableFolder } from '@/lib/storage/folders';
import { sampleContext } from '@/tests/harness/sample-context';

const hour = 3_600_000;

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
afterEach(() => vi.useRealTimers());

/** A storage folder into which strays can be put: a file without a row, and an abandoned upload. */
async function openWithStrays() {
  const context = sampleContext();
  const root = context.settings.STORAGE_DIR;
  await prepareFolders(root);
  const strays = [path.join(root, 'uploads/0123.mp4'), path.join(resumableFolder(root), '0123')];
  const put = () => {
    for (const file of strays) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, 'x');
      utimesSync(file, new Date(0), new Date(0));
    }
  };
  const untilSwept = () => expect.poll(() => strays.filter((file) => existsSync(file))).toEqual([]);
  return { context, put, untilSwept };
}

it('sweeps at start', async () => {
  const { context, put, untilSwept } = await openWithStrays();
  put();
  vi.setSystemTime(Date.now() + 1000); // at start, every file that was put before counts
  startMaintenance(context);
  await untilSwept();
});

it('sweeps again each day', async () => {
  const { context, put, untilSwept } = await openWithStrays();
  const list = vi.spyOn(context.store, 'list');
  startMaintenance(context);
  await expect.poll(() => list).toHaveBeenCalled();
  for (const _day of [1, 2, 3]) {
    put();
    list.mockClear();
    await vi.advanceTimersByTimeAsync(23 * hour);
    expect(list).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(hour);
    expect(list).toHaveBeenCalled();
    await untilSwept();
  }
});

it('sweeps again the day after a sweep that failed', async () => {
  const { context, put, untilSwept } = await openWithStrays();
  const list = vi.spyOn(context.store, 'list').mockRejectedValue(new Error('EIO'));
  put();
  startMaintenance(context);
  await expect.poll(() => list).toHaveBeenCalled();
  list.mockRestore();
  vi.advanceTimersByTime(24 * hour);
  await untilSwept();
});

it('keeps no process alive', async () => {
  const { context } = await openWithStrays();
  const setTimer = vi.spyOn(globalThis, 'setInterval');
  startMaintenance(context);
  expect(setTimer.mock.results.map(({ value }) => value.hasRef())).toEqual([false]);
});
