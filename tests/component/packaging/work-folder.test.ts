import { linkSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { attemptBytes, inWorkFolder, type WorkFolders } from '@/lib/packaging/work-folder';
import { sampleJob } from '@/tests/harness/sample-job';
import { filesBelow, tempFolder } from '@/tests/harness/temp-folder';

const fill = ({ tracks, attempt }: WorkFolders) => {
  writeFileSync(path.join(tracks, 'clear.mp4'), 'clear');
  writeFileSync(path.join(attempt, 'manifest.mpd'), 'mpd');
};

it('gives each attempt folders of its own, that only their owner can read', async () => {
  const root = tempFolder();
  const seen: WorkFolders[] = [];
  for (const attempt of [1, 2]) {
    await inWorkFolder(root, sampleJob({ id: 7, attempt }), async (folders) => {
      seen.push(folders);
      for (const folder of Object.values(folders)) expect(statSync(folder).mode & 0o777).toBe(0o700);
    });
  }
  expect(new Set(seen.flatMap((folders) => Object.values(folders))).size).toBe(6);
});

it('begins with empty folders, whatever an attempt of the same number left', async () => {
  const root = tempFolder();
  const left = path.join(root, '1', '1', 'tracks');
  mkdirSync(left, { recursive: true });
  writeFileSync(path.join(left, 'old.mp4'), 'old');
  await inWorkFolder(root, sampleJob(), async ({ tracks }) => {
    expect(await filesBelow(tracks)).toEqual([]);
  });
});

it('leaves no clear track behind', async () => {
  const root = tempFolder();
  await inWorkFolder(root, sampleJob(), async (folders) => fill(folders));
  expect(await filesBelow(root)).toEqual([]);
});

it('leaves none when the work fails either, and passes the failure on', async () => {
  const root = tempFolder();
  const work = inWorkFolder(root, sampleJob(), async (folders) => {
    fill(folders);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await filesBelow(root)).toEqual([]);
});

it('touches no other attempt, which may be at work when this one lost its lease', async () => {
  const root = tempFolder();
  await inWorkFolder(root, sampleJob({ id: 1, attempt: 1 }), async () => {
    const next = path.join(root, '1', '2', 'tracks');
    mkdirSync(next, { recursive: true });
    writeFileSync(path.join(next, 'a.mp4'), 'a');
  });
  expect(await filesBelow(root)).toEqual(['1/2/tracks/a.mp4']);
});

it('touches no other job', async () => {
  const root = tempFolder();
  const other = path.join(root, '2', '1', 'tracks');
  mkdirSync(other, { recursive: true });
  writeFileSync(path.join(other, 'a.mp4'), 'a');
  await inWorkFolder(root, sampleJob({ id: 1 }), async (folders) => fill(folders));
  expect(await filesBelow(root)).toEqual(['2/1/tracks/a.mp4']);
});

it('counts its own files, but not links to other files', async () => {
  const root = tempFolder();
  writeFileSync(path.join(root, 'served.mp4'), 'x'.repeat(1000));
  const job = sampleJob();
  await inWorkFolder(root, job, async ({ tracks, attempt }) => {
    expect(await attemptBytes(root, job)).toBeLessThan(10_000); // folders
    writeFileSync(path.join(tracks, 'a.mp4'), 'x'.repeat(100_000));
    writeFileSync(path.join(attempt, 'b.mp4'), 'x'.repeat(50_000));
    linkSync(path.join(root, 'served.mp4'), path.join(tracks, 'served.mp4'));
    const bytes = await attemptBytes(root, job);
    expect(bytes).toBeGreaterThanOrEqual(150_000);
    expect(bytes).toBeLessThan(160_000);
  });
});
