import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import type { Ledger } from '@/lib/ledger/ledger';
import { attemptFolder } from '@/lib/media/file-names';
import type { Publication } from '@/lib/media/track';
import { requestPackage } from '@/lib/packages/request-package';
import { type Attempt, beginAttempt } from '@/lib/packaging/attempt';
import { folderBytes, publish } from '@/lib/packaging/steps/publish';
import { doJob } from '@/lib/packaging/workflows/do-job';
import { meansOf } from '@/tests/harness/pipeline';
import { claimJob, sampleContext } from '@/tests/harness/sample-context';
import { expireLease, insertJobs, sampleVersion, stored } from '@/tests/harness/sample-database';
import { sampleKey } from '@/tests/harness/sample-plan';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

const sampleDownload = { folder: 'download-1', sizeBytes: 12 };

function foldersOf({ job, workspace }: Attempt) {
  const attempt = path.join(workspace, String(job.id), String(job.attempt));
  return { attempt, tracks: path.join(attempt, 'tracks'), input: path.join(attempt, 'input') };
}

function build(attempt: Attempt, folder: string, file: string): void {
  const built = path.join(foldersOf(attempt).attempt, folder);
  mkdirSync(built, { recursive: true });
  writeFileSync(path.join(built, file), file);
}

/** An attempt whose version is built, with functions to publish it and to see the ledger and the store. */
async function openBuilt(change: Partial<Ledger> = {}) {
  const context = sampleContext();
  insertJobs(context.db, 0); // the video only
  await requestPackage(context, 1, { key: sampleKey, scheme: 'cenc', keyMode: 'one', signalling: [] });
  const job = await claimJob(context);
  const stop = new AbortController();
  const means = meansOf({ ...context, ledger: { ...context.ledger, ...change } });
  const attempt = beginAttempt(job, means, stop.signal);
  build(attempt, 'v1', 'manifest.mpd');
  build(attempt, 'download-1', 'download.mp4');
  const root = context.settings.STORAGE_DIR;
  return {
    attempt,
    stop,
    context,
    publish: (publication: Publication = { version: sampleVersion(1) }) =>
      publish(attempt, publication, foldersOf(attempt)),
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

describe('an attempt that lost its claim, and learns it only when it goes on,', () => {
  /** What calls `pass` waits until `goOn` is called; `reached` resolves once it waits. */
  function openGate() {
    const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const pass = async () => {
      reached.resolve();
      await opened.promise;
    };
    return { pass, reached: reached.promise, goOn: opened.resolve };
  }

  /** Builds and publishes a version in a folder that is named after the attempt. */
  async function publishNamed(attempt: Attempt): Promise<void> {
    const folder = attemptFolder('v1', attempt.job);
    build(attempt, folder, 'manifest.mpd');
    await publish(attempt, { version: { ...sampleVersion(1), folder } }, foldersOf(attempt));
  }

  it.each<[string, (built: Acting, pass: () => Promise<void>) => Partial<Attempt>]>([
    [
      'before it stores its version',
      ({ store }, pass) => ({
        store: { ...store, commit: (...given) => pass().then(() => store.commit(...given)) },
      }),
    ],
    [
      'before it publishes its version',
      ({ ledger }, pass) => ({
        ledger: { ...ledger, publish: (...given) => pass().then(() => ledger.publish(...given)) },
      }),
    ],
  ])('leaves what the next one has published: %s', async (_, held) => {
    const { attempt, context, published, see } = await openBuilt();
    const gate = openGate();
    const late = publishNamed({ ...attempt, ...held(context, gate.pass) }).catch((error) => error);
    await gate.reached;
    expireLease(context.db, attempt.job.id);
    await publishNamed({ ...attempt, job: await claimJob(context) });
    gate.goOn();
    expect(await late).toEqual(new Error('The job was taken away.'));
    expect(await published()).toEqual(['v1-job1-2/manifest.mpd']);
    expect(see().versions).toMatchObject([{ number: 1, folder: 'v1-job1-2' }]);
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
