import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Acting } from '@/lib/access/principal';
import { checkStorage } from '@/lib/maintenance/check';
import type { Finding } from '@/lib/maintenance/finding';
import { repair } from '@/lib/maintenance/repair';
import { requestPackage } from '@/lib/packages/request-package';
import type { StoredFile } from '@/lib/storage/artifact-store';
import { claimJob, sampleContext } from '@/tests/harness/sample-context';
import { sampleAudioTrack, sampleVersion } from '@/tests/harness/sample-database';
import { sampleAudio, sampleProbe } from '@/tests/harness/sample-probe';

const sha256 = createHash('sha256').update('x').digest('hex');
const now = () => new Date();
const track = 'video-1080p.mp4';

/** A video and its published package, all files of one byte; `added` adds an audio track to the package. */
async function openPublished({ added = false } = {}) {
  const context = sampleContext();
  const { ledger, queue } = context;
  const probe = sampleProbe({ audios: [sampleAudio()] });
  const video = {
    name: 'a.mp4',
    title: 'a',
    storageKey: 'uploads/a.mp4',
    sizeBytes: 1,
    durationSeconds: 1,
    probe,
    sha256,
  };
  const { id: videoId } = await ledger.addVideo(video);
  const options = { key: null, scheme: 'cenc', keyMode: 'one', signalling: [] } as const;
  const { id, mediaId } = (await requestPackage(context, videoId, options)).package;
  const audioTracks = [sampleAudioTrack('audio-en.mp4', 'main')];
  if (added) audioTracks.push(sampleAudioTrack('audio-de.mp4', 'dub'));
  const write = (key: string) => {
    const file = path.join(context.settings.STORAGE_DIR, key);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'x');
    return file;
  };
  const publish = async (number: number) => {
    const job = await claimJob(context);
    const version = sampleVersion(number);
    version.tracks.push(...audioTracks);
    const names = ['manifest.mpd', 'master.m3u8', ...version.tracks.map(({ file }) => file)];
    for (const name of names) write(`packages/${mediaId}/v${number}/${name}`);
    await ledger.publish(job, { version });
    const files = Object.fromEntries(names.map((name) => [name, sha256]));
    await ledger.recordChecksums(job, { version: { number, files }, downloadSha256: null });
    await queue.complete(job);
  };
  await publish(1);
  write('uploads/a.mp4');
  const folder = `packages/${mediaId}/v1`;
  const rot = (key: string) => writeFileSync(path.join(context.settings.STORAGE_DIR, key), 'y');
  return { context, videoId, id, folder, publish, rot, write };
}

async function findingsOf(context: Acting): Promise<Finding[]> {
  const all: Finding[] = [];
  for await (const finding of checkStorage(context, now())) all.push(finding);
  return all;
}

/** The same context, but `happen` replaces the file `key` when it is opened. */
function whenOpened(
  context: Acting,
  key: string,
  happen: (file: StoredFile | null) => StoredFile | null | Promise<null>,
) {
  const open = async (wanted: string) => {
    const file = await context.store.open(wanted);
    return wanted === key ? happen(file) : file;
  };
  return { ...context, store: { ...context.store, open } };
}

const eio = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
const notReadable = (file: StoredFile | null) =>
  file && { ...file, open: async () => ({ readInto: () => Promise.reject(eio), close: async () => {} }) };

it('finds nothing in an intact storage', async () => {
  expect(await findingsOf((await openPublished()).context)).toEqual([]);
  expect(await findingsOf((await openPublished({ added: true })).context)).toEqual([]);
});

describe('a file that cannot be read', () => {
  it.each([
    ['of a package', `${track} of package 1`],
    ['of a video', 'uploads/a.mp4'],
  ])('%s is named, and the others are checked', async (which, named) => {
    const { context, folder, rot } = await openPublished();
    rot(`${folder}/audio-en.mp4`);
    const key = which === 'of a package' ? `${folder}/${track}` : 'uploads/a.mp4';
    const [finding, ...others] = await findingsOf(whenOpened(context, key, notReadable));
    expect(finding).toMatchObject({ kind: 'not-readable', what: expect.stringContaining(named) });
    expect(finding?.what).toContain('EIO');
    expect(finding && (await repair(context, finding, now()))).toBeNull();
    expect(others).toMatchObject([{ what: expect.stringContaining('audio-en.mp4') }]);
  });

  it('of a text track is named as well, and its row stays', async () => {
    const { context, videoId, write } = await openPublished();
    const storageKey = 'texts/a.vtt';
    write(storageKey);
    await context.ledger.addText({ videoId, language: 'de', label: 'Deutsch', role: 'subtitle', storageKey });
    const broken = whenOpened(context, storageKey, () => {
      throw eio;
    });
    expect(await findingsOf(broken)).toMatchObject([
      { kind: 'not-readable', what: expect.stringContaining(storageKey) },
    ]);
  });
});

describe('what a running server changes meanwhile is not damage:', () => {
  it('a package is deleted', async () => {
    const { context, id, folder } = await openPublished();
    const deleted = whenOpened(context, `${folder}/${track}`, async () => {
      await context.ledger.removePackage(id);
      rmSync(path.join(context.settings.STORAGE_DIR, 'packages'), { recursive: true, force: true });
      return null;
    });
    expect(await findingsOf(deleted)).toEqual([]);
  });

  it('a version is replaced', async () => {
    const { context, id, folder, publish, rot } = await openPublished();
    await context.ledger.request(id, { kind: 'rekey' });
    rot(`${folder}/${track}`);
    await publish(2);
    const before = await context.ledger.findPackage(id);
    expect(before?.package.currentVersion).toBe(2);
    context.db.$client.exec('UPDATE packages SET current_version = 1');
    const replaced = whenOpened(context, `${folder}/${track}`, (file) => {
      context.db.$client.exec('UPDATE packages SET current_version = 2');
      return file;
    });
    expect(await findingsOf(replaced)).toEqual([]);
  });

  it('a video or a text track is deleted', async () => {
    const { context, videoId, id } = await openPublished();
    await context.ledger.removePackage(id);
    rmSync(path.join(context.settings.STORAGE_DIR, 'packages'), { recursive: true });
    const storageKey = 'texts/a.vtt';
    const row = { videoId, language: 'de', label: 'Deutsch', role: 'subtitle', storageKey } as const;
    const text = await context.ledger.addText(row);
    const withoutText = whenOpened(context, storageKey, async () => {
      await context.ledger.removeText(videoId, text?.id ?? 0);
      return null;
    });
    expect(await findingsOf(withoutText)).toEqual([]);
    const withoutVideo = whenOpened(context, 'uploads/a.mp4', async () => {
      await context.ledger.removeVideo(videoId);
      return null;
    });
    expect(await findingsOf(withoutVideo)).toEqual([]);
  });

  it('a package is deleted, replaced or finished before it is repaired', async () => {
    const { context, id, publish } = await openPublished();
    const damaged = { kind: 'damaged-package', packageId: id, versionNumber: 1, what: '' } as const;
    const stuck = { kind: 'stuck', packageId: id, what: '' } as const;
    expect(await repair(context, stuck, now())).toMatch(/^It has a job, is done/);
    await context.ledger.request(id, { kind: 'rekey' });
    await publish(2);
    expect(await repair(context, damaged, now())).toMatch(/^It was replaced or deleted/);
    expect(await context.queue.tasksOf(id)).toEqual([]);
    await context.ledger.removePackage(id);
    expect(await repair(context, damaged, now())).toMatch(/^It was replaced or deleted/);
    expect(await repair(context, stuck, now())).toMatch(/^It has a job, is done/);
  });
});

describe('a damaged package is not made again', () => {
  it('where it has an added audio track', async () => {
    const { context, id, folder, rot } = await openPublished({ added: true });
    rot(`${folder}/${track}`);
    const [finding, ...others] = await findingsOf(context);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'not-replaceable', what: expect.stringContaining('audio-de.mp4') });
    expect(finding?.what).toMatch(/restore the file from a backup, or package the video again/);
    expect(finding && (await repair(context, finding, now()))).toBeNull();
    expect(await context.queue.tasksOf(id)).toEqual([]);
  });

  it('where its video is damaged too', async () => {
    const { context, videoId, folder, rot } = await openPublished();
    rot(`${folder}/${track}`);
    await context.ledger.recordVideoChecksum(videoId, 'other');
    const found = await findingsOf(context);
    expect(found.map(({ kind }) => kind)).toEqual(['damaged-source', 'not-replaceable']);
  });

  it('while an audio track is being added to it', async () => {
    const { context, id, folder, rot } = await openPublished();
    rot(`${folder}/${track}`);
    const task = { kind: 'add-audio', storageKey: 'uploads/b.m4a', language: 'de', label: null } as const;
    await context.ledger.request(id, task);
    const [finding] = await findingsOf(context);
    expect(finding && (await repair(context, finding, now()))).toBeNull();
    expect(await context.queue.tasksOf(id)).toEqual([task]);
  });
});

it('a damaged package is made again once, also behind other jobs', async () => {
  const { context, id, folder, rot } = await openPublished();
  rot(`${folder}/${track}`);
  rot(`${folder}/audio-en.mp4`);
  await context.ledger.request(id, { kind: 'rekey' });
  const found = await findingsOf(context);
  expect(found.map(({ kind }) => kind)).toEqual(['damaged-package', 'damaged-package']);
  for (const finding of found)
    expect(await repair(context, finding, now())).toMatch(/^The package is made again/);
  expect(await context.queue.tasksOf(id)).toEqual([{ kind: 'rekey' }, { kind: 'package', anew: true }]);
});

it.each([
  ['is made from its video', false, 'package'],
  ['keeps its added audio track', true, 'refresh-texts'],
])('a job that got lost is requested again: the package %s', async (_, added, kind) => {
  const { context, id } = await openPublished({ added });
  context.db.$client.exec("UPDATE packages SET status = 'queued'");
  const [finding] = await findingsOf(context);
  expect(finding).toMatchObject({ kind: 'stuck', packageId: id });
  if (finding) await repair(context, finding, now());
  expect(await context.queue.tasksOf(id)).toEqual([{ kind }]);
});
