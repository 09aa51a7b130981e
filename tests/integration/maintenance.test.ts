import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Acting, actingAsSystem } from '@/lib/access/principal';
import { requirePackage, requireVideo } from '@/lib/access/require';
import { createApp } from '@/lib/app/app';
import { backupDatabase } from '@/lib/maintenance/backup-database';
import { checkStorage } from '@/lib/maintenance/check';
import type { Finding } from '@/lib/maintenance/finding';
import { repair } from '@/lib/maintenance/repair';
import { sweep } from '@/lib/maintenance/sweep';
import { addAudio } from '@/lib/packages/add-audio';
import { issueLicense } from '@/lib/packages/issue-license';
import { rekeyPackage } from '@/lib/packages/rekey-package';
import { databaseFile, masterKeyFile } from '@/lib/storage/folders';
import { packageKey } from '@/lib/storage/keys';
import { addText } from '@/lib/videos/add-text';
import { clip } from '../fixtures/clips';
import { decryptTrack, frameSums } from '../harness/frames';
import { packageToEnd, receive, upload, versionOf, workToEnd } from '../harness/pipeline';
import { preparedPipeline } from '../harness/prepared-pipeline';
import { filesBelow, tempFolder } from '../harness/temp-folder';

const key = { keyHex: '76a6c65c5ea762046bd749a2e632ccbb', kidHex: 'a7e61c373e219033c21091fa607bf3b8' };
const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);

const openWithPackage = preparedPipeline(async (context) => {
  const { id } = await upload(context, clip('h264-aac.mp4'));
  await packageToEnd(context, id, key, 'cenc');
});

async function openPackaged() {
  const context = await openWithPackage();
  const video = await requireVideo(context, 1, 'play');
  const { package: row } = await requirePackage(context, 1, 'play');
  expect(row).toMatchObject({ status: 'ready', currentVersion: 2 });
  const at = (name: string) => path.join(context.settings.STORAGE_DIR, name);
  const version = (number: number) => versionOf(context, { package: row }, number);
  return { context, video, row, at, version, folder: packageKey(row.mediaId) };
}

async function findingsOf(context: Acting): Promise<Finding[]> {
  const all: Finding[] = [];
  for await (const finding of checkStorage(context, later(1))) all.push(finding);
  return all;
}

const kindsOf = async (context: Acting) => (await findingsOf(context)).map(({ kind }) => kind);

async function repairAll(context: Acting) {
  for (const finding of await findingsOf(context)) await repair(context, finding, later(1));
}

describe('the doctor', () => {
  it('finds nothing when nothing is wrong', async () => {
    const { context } = await openPackaged();
    expect(await findingsOf(context)).toEqual([]);
  });

  it('finds files without a row, and removes them', async () => {
    const { context, at, folder } = await openPackaged();
    const strays = [
      'uploads/0123.mp4',
      'texts/0123.vtt',
      'posters/99.jpg',
      `${folder}/v7/manifest.mpd`,
      'packages/ff/v1/a',
    ];
    for (const name of strays) {
      mkdirSync(path.dirname(at(name)), { recursive: true });
      writeFileSync(at(name), 'x');
    }
    expect(await kindsOf(context)).toEqual(strays.map(() => 'orphan'));
    await repairAll(context);
    expect(await findingsOf(context)).toEqual([]);
    for (const name of strays)
      expect(await filesBelow(path.dirname(at(name))), name).not.toContain(path.basename(name));
  });

  it.each<[string, (file: string) => void]>([
    ['is gone', (file) => rmSync(file)],
    ['has other bytes', (file) => appendFileSync(file, 'x')],
  ])('makes a package again when one of its files %s', async (_, damage) => {
    const { context, row, version } = await openPackaged();
    damage(path.join(await version(2), 'video-source.mp4'));
    expect(await findingsOf(context)).toMatchObject([{ kind: 'damaged-package', packageId: row.id }]);
    await repairAll(context);
    const repaired = await workToEnd(context, row.id);
    expect(repaired.package).toMatchObject({ status: 'ready', currentVersion: 4 });
    expect(await findingsOf(context)).toEqual([]);
    const clear = await decryptTrack(await version(4), 'video-source.mp4', key);
    expect(frameSums(clear, 'v')).toEqual(frameSums(clip('h264-aac.mp4'), 'v'));
  });

  it('does not make a package again that has an added audio track: it would be lost', async () => {
    const { context, row, version } = await openPackaged();
    const audio = receive(context, clip('audio.mp4'));
    await addAudio(context, row.id, audio, { language: 'de', label: null });
    const withAdded = await workToEnd(context, row.id);
    expect(withAdded.package).toMatchObject({ status: 'ready', currentVersion: 3 });
    expect(await findingsOf(context)).toEqual([]);
    const track = path.join(await version(3), 'video-source.mp4');
    const whole = readFileSync(track);
    appendFileSync(track, 'x');
    const doctor = spawnSync('npx', ['tsx', 'scripts/doctor.ts', '--fix'], {
      env: { ...process.env, STORAGE_DIR: context.settings.STORAGE_DIR },
    });
    expect(doctor.stdout.toString()).toMatch(
      /v3-job\d+-1\/video-source\.mp4 .*audio-de\.mp4.*restore the file from a backup/,
    );
    expect(doctor.stdout.toString()).toContain('1 not repaired: see above');
    expect(doctor.status).toBe(1);
    expect(await context.queue.tasksOf(row.id)).toEqual([]);
    writeFileSync(track, whole);
    expect(await findingsOf(context)).toEqual([]);
  });

  it('makes a package again when its download is damaged', async () => {
    const { context, at, folder, row } = await openPackaged();
    appendFileSync(at(`${folder}/${row.downloadFolder}/download.mp4`), 'x');
    await repairAll(context);
    await workToEnd(context, row.id);
    expect(await findingsOf(context)).toEqual([]);
  });

  it('finds a source with other bytes, which only its owner can restore', async () => {
    const { context, at, video } = await openPackaged();
    const file = at(video.storageKey);
    const bytes = Buffer.alloc(4096, 1);
    copyFileSync(clip('h264-aac.mp4'), file);
    expect(await findingsOf(context)).toEqual([]);
    const handle = await import('node:fs/promises').then(({ open }) => open(file, 'r+'));
    await handle.write(bytes, 0, bytes.length, 10_000);
    await handle.close();
    const [finding] = await findingsOf(context);
    expect(finding).toMatchObject({ kind: 'damaged-source' });
    expect(finding && (await repair(context, finding, later(1)))).toBeNull();
    rmSync(file);
    expect(await kindsOf(context)).toEqual(['damaged-source']);
  });

  it('finds a lost text track, work without a job, and keys of another master key', async () => {
    const { context, at, video } = await openPackaged();
    const sidecar = path.join(tempFolder(), 'a.srt');
    writeFileSync(sidecar, '1\n00:00:01,000 --> 00:00:02,000\nHello\n');
    await addText(context, video.id, receive(context, sidecar), {
      language: 'en',
      label: 'English',
      role: 'subtitle',
    });
    const [text] = await filesBelow(at('texts'));
    rmSync(at(`texts/${text}`));
    context.db.$client.exec('DELETE FROM jobs');
    const found = await findingsOf({ ...context, masterKey: Buffer.alloc(32, 7) });
    expect(found.map(({ kind }) => kind)).toEqual(['stuck', 'key-not-readable', 'missing-text']);
    expect(JSON.stringify(found)).not.toContain(key.keyHex);
  });
});

describe('the sweep', () => {
  it('removes a superseded version after a day, and not before', async () => {
    const { context, version } = await openPackaged();
    const [first, second] = [await version(1), await version(2)];
    expect(await filesBelow(first)).not.toEqual([]);
    expect(await sweep(context, { before: later(0) })).toEqual({ versions: 0, orphans: 0 });
    expect(await sweep(context, { before: later(0), now: later(25) })).toEqual({ versions: 1, orphans: 0 });
    expect(await filesBelow(first)).toEqual([]);
    expect(await filesBelow(second)).not.toEqual([]);
    expect(await findingsOf(context)).toEqual([]);
  });

  it('retires keys with the last version that uses them', async () => {
    const { context, row } = await openPackaged();
    await rekeyPackage(context, row.id, null);
    await workToEnd(context, row.id);
    const kids = [Buffer.from(key.kidHex, 'hex').toString('base64url')];
    await sweep(context, { before: later(0), now: later(23) });
    expect((await issueLicense(context, row.id, { kids })).keys).toHaveLength(1);
    await sweep(context, { before: later(0), now: later(25) });
    await expect(issueLicense(context, row.id, { kids })).rejects.toMatchObject({
      code: 'license-keys-retired',
    });
    expect(await findingsOf(context)).toEqual([]);
  });

  it('removes files without a row, but none that was stored just now', async () => {
    const { context, at } = await openPackaged();
    writeFileSync(at('uploads/stray.mp4'), 'x');
    expect(await sweep(context, { before: later(-1) })).toEqual({ versions: 0, orphans: 0 });
    expect(await sweep(context, { before: later(1) })).toEqual({ versions: 0, orphans: 1 });
    expect(await filesBelow(at('uploads'))).toHaveLength(1);
  });
});

describe('a backup', () => {
  it('made while a job runs is consistent; restored with the files, everything is there', async () => {
    const { context, at, row, version } = await openPackaged();
    const second = await upload(context, clip('vp8-vorbis.webm'));
    const working = packageToEnd(context, second.id, null, 'cbcs');
    const copy = path.join(tempFolder(), 'backup.db');
    await backupDatabase(databaseFile(context.settings.STORAGE_DIR), copy);
    await working;
    const restored = path.join(tempFolder(), 'storage');
    for (const name of ['uploads', 'packages'])
      cpSync(at(name), path.join(restored, name), { recursive: true });
    copyFileSync(copy, databaseFile(restored));
    copyFileSync(masterKeyFile(context.settings.STORAGE_DIR), masterKeyFile(restored));
    const again = actingAsSystem(createApp({ ...context.settings, STORAGE_DIR: restored }));
    try {
      // What was published after the backup has no row in it; the rest is complete.
      const found = await findingsOf(again);
      expect(found.filter(({ kind }) => kind !== 'orphan')).toEqual([]);
      const clear = await decryptTrack(
        path.join(restored, path.relative(at('.'), await version(2))),
        'video-source.mp4',
        key,
      );
      expect(frameSums(clear, 'v')).toEqual(frameSums(clip('h264-aac.mp4'), 'v'));
      expect((await workToEnd(again, row.id + 1)).package.status).toBe('ready');
      await repairAll(again);
      expect(await findingsOf(again)).toEqual([]);
    } finally {
      again.db.$client.close();
    }
  });

  it('does not overwrite a file, nor copy a missing database', async () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'a.db'), 'x');
    const missing = { code: 'backup-failed', message: expect.stringContaining('no database') };
    await expect(backupDatabase(path.join(folder, 'b.db'), path.join(folder, 'c.db'))).rejects.toMatchObject(
      missing,
    );
    const taken = { code: 'backup-failed', message: expect.stringContaining('already') };
    await expect(backupDatabase(path.join(folder, 'a.db'), path.join(folder, 'a.db'))).rejects.toMatchObject(
      taken,
    );
    expect(await filesBelow(folder)).toEqual(['a.db']);
  });
});
