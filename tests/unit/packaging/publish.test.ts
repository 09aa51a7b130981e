import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ledger } from '@/lib/ledger/ledger';
import type { Publication } from '@/lib/media/track';
import { requestPackage } from '@/lib/packages/request-package';
import { beginAttempt } from '@/lib/packaging/attempt';
import { doJob } from '@/lib/packaging/do-job';
import { folderBytes, publish } from '@/lib/packaging/publish';
import { meansOf } from '@/tests/support/pipeline';
import { claimJob, sampleContext } from '@/tests/support/sample-context';
import { insertJobs, sampleVersion, stored } from '@/tests/support/sample-database';
import { sampleKey } from '@/tests/support/sample-plan';
import { filesBelow, tempFolder } from '@/tests/support/temp-folder';

const sampleDownload = { folder: 'download-1', sizeBytes: 12 };

/** An attempt whose version is built, with functions to publish it and to see the ledger and the store. */
async function openBuilt(change: Partial<Ledger> = {}) {
  const context = sampleContext();
  insertJobs(context.db, 0); // the video only
  await requestPackage(context, 1, { key: sampleKey, scheme: 'cenc', keyMode: 'one', signalling: [] });
  const job = await claimJob(context);
  const stop = new AbortController();
  const means = meansOf({ ...context, ledger: { ...context.ledger, ...change } });
  const attempt = beginAttempt(job, means, stop.signal);
  const root = context.settings.STORAGE_DIR;
  const folder = path.join(means.workspace, '1', '1');
  const folders = { attempt: folder, tracks: path.join(folder, 'tracks'), input: path.join(folder, 'input') };
  for (const [folder, file] of [
    ['v1', 'manifest.mpd'],
    ['download-1', 'download.mp4'],
  ] as const) {
    mkdirSync(path.join(folders.attempt, folder), { recursive: true });
    writeFileSync(path.join(folders.attempt, folder, file), file);
  }
  return {
    attempt,
    stop,
    context,
    publish: (publication: Publication = { version: sampleVersion(1) }) =>
      publish(attempt, publication, folders),
    see: () => stored(context.db, job.packageId),
    published: () => filesBelow(path.join(root, 'packages', job.mediaId)),
  };
}

it('has the keys of its job in the clear', async () => {
  const { attempt } = await openBuilt();
  expect(attempt.keys).toEqual([sampleKey]);
});

describe('a version', () => {
  it('is moved into the store, and served', async () => {
    const { publish, see, published } = await openBuilt();
    await publish();
    expect(await published()).toEqual(['v1/manifest.mpd']);
    expect(see().package).toMatchObject({ currentVersion: 1 });
    expect(see().versions).toMatchObject([{ number: 1, tracks: sampleVersion(1).tracks }]);
  });

  it('and its download are moved and served together', async () => {
    const { publish, see, published } = await openBuilt();
    await publish({ version: sampleVersion(1), download: sampleDownload });
    expect((await published()).toSorted()).toEqual(['download-1/download.mp4', 'v1/manifest.mpd']);
    expect(see().package).toMatchObject({
      currentVersion: 1,
      downloadFolder: 'download-1',
      downloadBytes: 12,
    });
  });

  it('stays as it is when a download follows it', async () => {
    const { publish, see, published } = await openBuilt();
    await publish();
    await publish({ download: sampleDownload });
    expect((await published()).toSorted()).toEqual(['download-1/download.mp4', 'v1/manifest.mpd']);
    expect(see().package).toMatchObject({ currentVersion: 1, downloadFolder: 'download-1' });
    expect(see().versions).toHaveLength(1);
  });

  it('of a job that was taken away is neither moved nor served', async () => {
    const { publish, published, context, attempt } = await openBuilt();
    await context.ledger.removePackage(attempt.job.packageId);
    await expect(publish()).rejects.toThrow('The job was taken away.');
    expect(await published()).toEqual([]);
  });

  it('of a job that is taken away at the last moment leaves no file', async () => {
    const { publish, published, see } = await openBuilt({ publish: async () => false });
    const taken = publish({ version: sampleVersion(1), download: sampleDownload });
    await expect(taken).rejects.toThrow('The job was taken away.');
    expect(await published()).toEqual([]);
    expect(see().versions).toEqual([]);
  });

  it('of a worker that is being stopped is not published', async () => {
    const { publish, published, stop, see } = await openBuilt();
    stop.abort(new Error('The server stops.'));
    await expect(publish()).rejects.toThrow('The server stops.');
    expect(await published()).toEqual([]);
    expect(see().versions).toEqual([]);
  });
});

describe('the last version of a job', () => {
  const removes = 'uploads/added.m4a';

  it('is not made again when the server stops right after: the next attempt finishes the job', async () => {
    const stopped = new Error('The server stops.');
    const { publish, attempt, context, stop, see } = await openBuilt({
      recordChecksums: async () => {
        stop.abort(stopped);
        throw stopped;
      },
    });
    const file = path.join(context.settings.STORAGE_DIR, removes);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'added');
    await expect(publish({ version: sampleVersion(1), last: { removes } })).rejects.toThrow(stopped);
    await context.queue.release(attempt.job);

    const next = await claimJob(context);
    await doJob(next, meansOf(context), new AbortController().signal);
    await context.queue.complete(next);
    expect(existsSync(file)).toBe(false);
    expect(see().package).toMatchObject({ status: 'ready', currentVersion: 1 });
    const sha256 = createHash('sha256').update('manifest.mpd').digest('hex');
    expect(see().versions).toMatchObject([{ number: 1, checksums: { 'manifest.mpd': sha256 } }]);
  });

  it('does not fail without its checksums', async () => {
    const { publish, see } = await openBuilt({
      recordChecksums: async () => {
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      },
    });
    await publish({ version: sampleVersion(1), last: { removes: null } });
    expect(see().package).toMatchObject({ currentVersion: 1 });
  });
});

it('counts the bytes of all files of a folder', async () => {
  const folder = tempFolder();
  expect(await folderBytes(folder)).toBe(0);
  for (const [name, bytes] of [
    ['a', 1000],
    ['b', 234],
  ] as const) {
    writeFileSync(path.join(folder, name), 'x'.repeat(bytes));
  }
  expect(await folderBytes(folder)).toBe(1234);
});
