import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { sweep } from '@/lib/maintenance/sweep';
import type { KeyMode } from '@/lib/media/content-key';
import { requireEditable } from '@/lib/packages/get-package';
import { issueLicense } from '@/lib/packages/issue-license';
import { openMedia } from '@/lib/packages/open-media';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { requestPackage } from '@/lib/packages/request-package';
import { licensableKeys, revealKeys } from '@/lib/packages/reveal-keys';
import { claimJob, sampleContext } from '@/tests/harness/sample-context';
import { insertJobs, sampleVersion, stored } from '@/tests/harness/sample-database';
import { sampleKey } from '@/tests/harness/sample-plan';

const otherKey = { kidHex: '0'.repeat(32), keyHex: 'f'.repeat(32) };
const coded = (code: string, field?: string) =>
  expect.objectContaining({ code, ...(field ? { field } : {}) });

/** A package with its first job, and a function that finishes its jobs. */
async function open(keyMode: KeyMode = 'one') {
  const context = sampleContext();
  const { ledger, queue } = context;
  insertJobs(context.db, 0); // the video only
  const key = keyMode === 'one' ? sampleKey : null;
  const { id } = (await requestPackage(context, 1, { key, scheme: 'cbcs', keyMode, signalling: [] })).package;
  const finish = async (number: number) => {
    const job = await claimJob(context);
    await ledger.publish(job, { version: sampleVersion(number) });
    await queue.complete(job);
  };
  return { context, ledger, queue, id, finish, see: () => stored(context.db, id) };
}

async function openPublished(keyMode?: KeyMode) {
  const opened = await open(keyMode);
  await opened.finish(1);
  return opened;
}

describe('a package that is to be changed', () => {
  it('must exist', async () => {
    await expect(requireEditable(sampleContext(), 7)).rejects.toEqual(coded('package-not-found', 'id'));
  });

  it('must be published', async () => {
    const { context, id } = await open();
    await expect(requireEditable(context, id)).rejects.toEqual(coded('package-not-ready'));
  });

  it('must not be in work', async () => {
    const { context, ledger, id, finish } = await openPublished();
    expect((await requireEditable(context, id)).package.id).toBe(id);
    await ledger.request(id, { kind: 'refresh-texts' });
    await expect(requireEditable(context, id)).rejects.toEqual(coded('package-busy'));
    await finish(2);
    expect((await requireEditable(context, id)).version?.number).toBe(2);
  });
});

describe('new keys', () => {
  it.each([
    ['are the given ones', otherKey],
    ['are generated', null],
  ])('%s', async (_, given) => {
    const { context, id, finish } = await openPublished();
    const record = await rekeyPackage(context, id, given);
    expect(record.package.status).toBe('queued');
    expect(await revealKeys(context, id)).toEqual([sampleKey]);
    await finish(2);
    const [key, ...others] = await revealKeys(context, id);
    expect(others).toEqual([]);
    if (given) expect(key).toEqual({ label: 'all', ...given });
    expect(key?.kidHex).not.toBe(sampleKey.kidHex);
  });

  it('leave a license for viewers of the older version', async () => {
    const { context, id, finish } = await openPublished();
    await rekeyPackage(context, id, otherKey);
    await finish(2);
    expect((await issuable(context, id)).map(({ kidHex }) => kidHex)).toEqual([
      sampleKey.kidHex,
      otherKey.kidHex,
    ]);
    const kids = ['p-YcNz4hkDPCEJH6YHvzuA', 'A'.repeat(22)];
    expect((await issueLicense(context, id, { kids })).keys.map(({ kid }) => kid)).toEqual(kids);
  });

  it('that revoke older keys end their licenses and their files at once', async () => {
    const { context, id, ledger, queue, see } = await openPublished();
    const { mediaId = '' } = see().package ?? {};
    const folder = (number: number) =>
      path.join(context.settings.STORAGE_DIR, 'packages', mediaId, `v${number}`);
    for (const number of [1, 2]) {
      mkdirSync(folder(number), { recursive: true });
      writeFileSync(path.join(folder(number), 'manifest.mpd'), 'mpd');
    }
    const open = (number: number) => openMedia(context, mediaId, [`v${number}`, 'manifest.mpd']);
    await rekeyPackage(context, id, otherKey, true);
    const job = await claimJob(context);
    await expect(open(1)).resolves.toMatchObject({ sizeBytes: 3 });
    await ledger.publish(job, { version: sampleVersion(2), last: { removes: null } });
    // As if the server had died here: the files still exist.
    expect(existsSync(folder(1))).toBe(true);
    await expect(open(1)).rejects.toMatchObject({ code: 'media-not-found' });
    await expect(open(2)).resolves.toMatchObject({ sizeBytes: 3 });
    const older = { kids: ['p-YcNz4hkDPCEJH6YHvzuA'] };
    await expect(issueLicense(context, id, older)).rejects.toEqual(coded('license-keys-retired', 'kids'));
    expect(await issuable(context, id)).toEqual([{ label: 'all', ...otherKey }]);
    expect((await issueLicense(context, id, { kids: [...older.kids, 'A'.repeat(22)] })).keys).toHaveLength(1);
    // No key comes back under a KID that was retired.
    await queue.complete(job);
    const again = { ...otherKey, kidHex: sampleKey.kidHex };
    await expect(rekeyPackage(context, id, again)).rejects.toEqual(coded('keys-conflict', 'kid'));
    await sweep(context, { before: new Date(Date.now() + 60_000) });
    expect([existsSync(folder(1)), existsSync(folder(2))]).toEqual([false, true]);
  });

  it('of each type are generated together', async () => {
    const { context, id, finish } = await openPublished('per-track-type');
    const before = await revealKeys(context, id);
    await rekeyPackage(context, id, null);
    await finish(2);
    const after = await revealKeys(context, id);
    expect(after.map(({ label }) => label)).toEqual(before.map(({ label }) => label));
    expect(new Set([...before, ...after].map(({ kidHex }) => kidHex)).size).toBe(10);
  });

  it.each<[string, KeyMode, typeof otherKey, string]>([
    ['one key for several types', 'per-track-type', otherKey, 'key'],
    ['a KID that is in use', 'one', { ...otherKey, kidHex: sampleKey.kidHex }, 'kid'],
  ])('are refused, and leave nothing: %s', async (_, mode, key, field) => {
    const { context, id, see } = await openPublished(mode);
    const before = see();
    await expect(rekeyPackage(context, id, key)).rejects.toEqual(coded('keys-conflict', field));
    expect(see()).toEqual(before);
  });
});

describe('changed text tracks', () => {
  const jobsOf = (context: ReturnType<typeof sampleContext>) =>
    context.db.$client.prepare('SELECT package_id, task FROM jobs ORDER BY task, package_id').all();
  const text = {
    videoId: 1,
    language: 'de',
    label: 'Deutsch',
    role: 'subtitle',
    storageKey: 'texts/a.vtt',
  } as const;
  const refresh = (id: number) => ({ package_id: id, task: '{"kind":"refresh-texts"}' });

  it('go into every package that is published or in work, and no other', async () => {
    const { context, ledger, queue, id } = await openPublished();
    const options = { key: null, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
    const failed = (await requestPackage(context, 1, options)).package.id;
    await queue.fail(await claimJob(context), { code: 'internal', message: '' });
    const waiting = (await requestPackage(context, 1, options)).package.id;
    await ledger.addText(text);
    const first = { package_id: waiting, task: '{"kind":"package"}' };
    expect(jobsOf(context)).toEqual([first, refresh(id), refresh(waiting)]);
    expect(stored(context.db, failed).package?.status).toBe('failed');
  });

  // The job behind the one that fails cannot succeed either: its error would hide what is to be done.
  it('do not hide why a package failed', async () => {
    const { context, ledger, queue, id } = await open();
    await ledger.addText(text);
    await queue.fail(await claimJob(context), { code: 'encode-failed', message: 'Export it again.' });
    expect(await queue.claim('test')).toBeNull();
    expect(stored(context.db, id).package?.errorCode).toBe('encode-failed');
  });
});

/** The keys that players may request of a package. */
async function issuable(context: Acting, id: number) {
  return licensableKeys(context, (await context.ledger.findPackage(id))?.keys ?? []);
}
