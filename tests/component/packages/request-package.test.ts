import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { deletePackage } from '@/lib/packages/delete-package';
import { issueLicense } from '@/lib/packages/issue-license';
import { openDownload } from '@/lib/packages/open-download';
import { type PackageOptions, requestPackage } from '@/lib/packages/request-package';
import { revealKeys } from '@/lib/packages/reveal-keys';
import { databaseFile } from '@/lib/storage/folders';
import { sampleContext } from '@/tests/harness/sample-context';
import { stored } from '@/tests/harness/sample-database';
import { sampleKey } from '@/tests/harness/sample-plan';
import { sampleProbe } from '@/tests/harness/sample-probe';

const insert = async ({ ledger }: Acting) =>
  (
    await ledger.addVideo({
      name: 'a.mp4',
      title: 'a',
      storageKey: 'uploads/a.mp4',
      sizeBytes: 7,
      durationSeconds: 10,
      probe: sampleProbe(),
    })
  ).id;
const one: PackageOptions = { key: null, scheme: 'cbcs', keyMode: 'one', signalling: [] };
const request = async (context: Acting, key = sampleKey as typeof sampleKey | null) =>
  (await requestPackage(context, await insert(context), { ...one, key })).package;

describe('a requested package', () => {
  it('waits, with its job and its key', async () => {
    const context = sampleContext();
    const { id } = await request(context);
    const { package: row, job, keys } = stored(context.db, id);
    expect(row).toMatchObject({ status: 'queued', scheme: 'cbcs', progress: 0, currentVersion: null });
    expect(row?.mediaId).toMatch(/^[0-9a-f]{32}$/);
    expect(job).toMatchObject({ attempt: 0, leaseExpiresAt: null, cancelRequested: false });
    expect(keys.map((key) => key.kidHex)).toEqual([sampleKey.kidHex]);
    expect(await revealKeys(context, id)).toEqual([sampleKey]);
  });

  it('has no key in the clear on disk', async () => {
    const context = sampleContext();
    await request(context);
    context.db.$client.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(databaseFile(context.settings.STORAGE_DIR));
    expect(bytes.includes(sampleKey.kidHex)).toBe(true);
    for (const form of ['hex', 'base64', 'latin1'] as const) {
      expect(bytes.includes(Buffer.from(sampleKey.keyHex, 'hex').toString(form), 'latin1')).toBe(false);
    }
  });

  it('gets a key of its own where none is given', async () => {
    const context = sampleContext();
    const ids = [(await request(context, null)).id, (await request(context, null)).id];
    const keys = (await Promise.all(ids.map((id) => revealKeys(context, id)))).flat();
    expect(new Set(keys.map((key) => key.keyHex)).size).toBe(2);
    expect(new Set(keys.map((key) => key.kidHex)).size).toBe(2);
  });

  it('gets a key for each type of track on request', async () => {
    const context = sampleContext();
    const options: PackageOptions = { ...one, keyMode: 'per-track-type', signalling: ['playready'] };
    const { package: row } = await requestPackage(context, await insert(context), options);
    expect(row).toMatchObject({ keyMode: 'per-track-type', signalling: ['playready'] });
    const keys = await revealKeys(context, row.id);
    expect(keys.map((key) => key.label)).toEqual(['audio', 'sd', 'hd', 'uhd', 'download']);
    expect(new Set(keys.flatMap(({ kidHex, keyHex }) => [kidHex, keyHex])).size).toBe(10);
  });

  it('is refused for a missing video, and leaves nothing', async () => {
    const context = sampleContext();
    await expect(requestPackage(context, 7, one)).rejects.toMatchObject({
      code: 'video-not-found',
      field: 'id',
    });
    expect(stored(context.db, 1)).toEqual({ package: undefined, job: undefined, versions: [], keys: [] });
  });

  it('gives its keys by license', async () => {
    const context = sampleContext();
    const license = await issueLicense(context, (await request(context)).id, {
      kids: ['p-YcNz4hkDPCEJH6YHvzuA'],
    });
    expect(license.keys).toEqual([
      { kty: 'oct', kid: 'p-YcNz4hkDPCEJH6YHvzuA', k: 'dqbGXF6nYgRr10mi5jLMuw' },
    ]);
  });

  it('has no download yet, and says so', async () => {
    const context = sampleContext();
    await expect(openDownload(context, (await request(context)).id)).rejects.toMatchObject({
      code: 'package-not-ready',
      message: 'Package 1 is not ready yet (queued, 0 %). Try again later.',
    });
  });

  it('is gone when it is deleted, and no other package is', async () => {
    const context = sampleContext();
    const [first, second] = [await request(context), await request(context)];
    await deletePackage(context, first.id);
    expect(stored(context.db, first.id)).toEqual({
      package: undefined,
      job: undefined,
      versions: [],
      keys: [],
    });
    expect(stored(context.db, second.id).job).toBeDefined();
    await expect(deletePackage(context, first.id)).rejects.toMatchObject({ code: 'package-not-found' });
  });
});
