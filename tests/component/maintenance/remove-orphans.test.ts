import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import type { Claim } from '@/lib/jobs/queue';
import { findOrphans } from '@/lib/maintenance/find-orphans';
import { removeOrphans } from '@/lib/maintenance/remove-orphans';
import { repair } from '@/lib/maintenance/repair';
import { sweep } from '@/lib/maintenance/sweep';
import { attemptFolder } from '@/lib/media/file-names';
import { claimJob, sampleContext } from '@/tests/harness/sample-context';
import { insertJobs } from '@/tests/harness/sample-database';
import { sampleProbe } from '@/tests/harness/sample-probe';
import { filesBelow } from '@/tests/harness/temp-folder';

const key = 'uploads/0123.mp4';
const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);

function openWithStray() {
  const context = sampleContext();
  const file = path.join(context.settings.STORAGE_DIR, key);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'x');
  const left = () => filesBelow(path.dirname(file));
  return { context, left };
}

const videoOf = (storageKey: string) => {
  return { name: 'a.mp4', title: 'a', storageKey, sizeBytes: 1, durationSeconds: 1, probe: sampleProbe() };
};

const moment = () => new Promise((resolve) => setTimeout(resolve, 30));

/** Removes two strays, of which the second changes while the first is removed; returns what is left. */
async function removeBoth(meanwhile: (context: Acting, file: string) => unknown) {
  const { context, left } = openWithStray();
  const second = path.join(context.settings.STORAGE_DIR, 'uploads/4567.mp4');
  writeFileSync(second, 'x');
  await moment();
  const before = new Date();
  await moment();
  const remove = async (removed: string) => {
    await context.store.remove(removed);
    if (removed === key) await meanwhile(context, second);
  };
  const slow = { ...context, store: { ...context.store, remove } };
  expect(await removeOrphans(slow, [key, 'uploads/4567.mp4'], before)).toBe(1);
  return left();
}

it('spares a file that gets its row while others are removed', async () => {
  const left = await removeBoth(({ ledger }) => ledger.addVideo(videoOf('uploads/4567.mp4')));
  expect(left).toEqual(['4567.mp4']);
});

it('spares a file that is put again while others are removed', async () => {
  expect(await removeBoth((_, file) => writeFileSync(file, 'y'))).toEqual(['4567.mp4']);
});

it('spares a file that is too new for the doctor beside a running server', async () => {
  const { context, left } = openWithStray();
  const outcome = await repair(context, { kind: 'orphan', key, what: '' }, later(-1));
  expect(outcome).not.toBe('Removed.');
  expect(await left()).toEqual(['0123.mp4']);
});

it('keeps the empty folder of an existing package', async () => {
  const { context } = openWithStray();
  insertJobs(context.db, 1);
  const folder = path.join(context.settings.STORAGE_DIR, 'packages/media-1-0');
  mkdirSync(path.join(folder, 'v1'), { recursive: true });
  expect(await removeOrphans(context, ['packages/media-1-0/v1'], later(1))).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

it('removes a file without a row', async () => {
  const { context, left } = openWithStray();
  expect(await removeOrphans(context, [key], later(1))).toBe(1);
  expect(await left()).toEqual([]);
});

it('spares a file that got its row since it was found', async () => {
  const { context, left } = openWithStray();
  await context.ledger.addVideo(videoOf(key));
  expect(await removeOrphans(context, [key], later(1))).toBe(0);
  expect(await left()).toEqual(['0123.mp4']);
});

it('spares a file that was put again since it was found, and is about to get its row', async () => {
  const { context, left } = openWithStray();
  expect(await removeOrphans(context, [key], later(-1))).toBe(0);
  expect(await left()).toEqual(['0123.mp4']);
});

describe('a folder that an attempt has stored, and not yet published,', () => {
  /** A claimed job, and a version of it in the store, without its row. */
  async function openStored() {
    const context = sampleContext();
    insertJobs(context.db, 1);
    const job = await claimJob(context);
    const store = (claim: Pick<Claim, 'id' | 'attempt'>) => {
      const stored = path.join(packageOf(context), attemptFolder('v1', claim));
      mkdirSync(stored, { recursive: true });
      writeFileSync(path.join(stored, 'manifest.mpd'), 'x');
    };
    store(job);
    const orphans = async () => (await findOrphans(context)).map((orphan) => orphan.key);
    const sweepAll = () => sweep(context, { before: later(1) });
    return { context, job, store, orphans, sweepAll, left: () => readdirSync(packageOf(context)) };
  }

  const packageOf = ({ settings }: Acting) => path.join(settings.STORAGE_DIR, 'packages/media-1-0');

  it('stays while the attempt runs', async () => {
    const { orphans, sweepAll, left } = await openStored();
    expect(await orphans()).toEqual([]);
    expect(await sweepAll()).toEqual({ versions: 0, orphans: 0 });
    expect(left()).toEqual(['v1-job1-1']);
  });

  it('is removed when the attempt is over, beside that of the next attempt', async () => {
    const { context, job, store, orphans, sweepAll, left } = await openStored();
    await context.queue.release(job);
    const next = await claimJob(context);
    store(next);
    expect(await orphans()).toEqual(['packages/media-1-0/v1-job1-1']);
    expect(await sweepAll()).toEqual({ versions: 0, orphans: 1 });
    expect(left()).toEqual(['v1-job1-2']);
  });

  it('is removed when the job is gone', async () => {
    const { context, job, sweepAll, left } = await openStored();
    await context.queue.fail(job, { code: 'encode-failed', message: 'Export it again.' });
    expect(await sweepAll()).toEqual({ versions: 0, orphans: 1 });
    expect(left()).toEqual([]);
  });

  it('is not taken for that of a job whose number ends alike', async () => {
    const { store, orphans, left } = await openStored();
    store({ id: 11, attempt: 1 });
    store({ id: 1, attempt: 11 });
    expect(left()).toHaveLength(3);
    expect((await orphans()).toSorted()).toEqual(
      ['v1-job1-11', 'v1-job11-1'].map((name) => `packages/media-1-0/${name}`),
    );
  });
});
