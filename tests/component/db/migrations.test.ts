import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '@/db/sqlite/client';
import { integrityProblems } from '@/db/sqlite/maintenance';
import { findPackage } from '@/db/sqlite/packages';
import { sqliteQueue } from '@/db/sqlite/queue';
import { listVideos } from '@/db/sqlite/video-list';
import { findVideo } from '@/db/sqlite/videos';
import { cleanFileName } from '@/lib/http/upload-name';
import { firstTitle } from '@/lib/videos/video-text';
import { tempFolder } from '@/tests/harness/temp-folder';

const all = path.resolve('db/migrations');
const journal = JSON.parse(readFileSync(path.join(all, 'meta/_journal.json'), 'utf8')) as {
  entries: { tag: string }[];
};
const earlier = journal.entries.map(({ tag }, i) => ({ tag, count: i + 1 }));

/** Creates a database with the first `count` migrations, and returns its file. */
function databaseOf(count: number): string {
  const migrationsFolder = path.join(tempFolder(), 'migrations');
  cpSync(all, migrationsFolder, { recursive: true });
  const cut = { ...journal, entries: journal.entries.slice(0, count) };
  writeFileSync(path.join(migrationsFolder, 'meta/_journal.json'), JSON.stringify(cut));
  const file = path.join(tempFolder(), 'cenclave.db');
  const client = new Database(file);
  migrate(drizzle(client), { migrationsFolder });
  insertOldRows(client);
  client.close();
  return file;
}

/** Inserts rows into those of their columns that the schema then had. */
function insertOldRows(client: Database.Database): void {
  const stream = { index: 0, codec: 'aac', profile: 'LC', language: 'und', title: null, isDefault: true };
  const audio = { ...stream, channels: 2, sampleRateHz: 48000, bitrateBps: null };
  const ofFile = { container: 'mov', durationSeconds: 10, sizeBytes: 7, bitrateBps: 5 };
  const probe = JSON.stringify({ ...ofFile, videos: [], audios: [audio], texts: [] });
  const track = { kind: 'audio', file: 'a.mp4', codec: 'mp4a.40.2', bitrateBps: 9, language: 'en' };
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = client.pragma(`table_info(${table})`) as { name: string }[];
    const known = Object.entries(row).filter(([name]) => columns.some((column) => column.name === name));
    const names = known.map(([name]) => name);
    client
      .prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`)
      .run(known.map(([, value]) => value));
  };
  insert('videos', {
    id: 1,
    name: 'a.mp4',
    title: 'An old title',
    storage_key: 'uploads/a.mp4',
    size_bytes: 7,
    duration_seconds: 10,
    probe,
  });
  for (const id of [1, 2])
    insert('packages', {
      id,
      video_id: 1,
      media_id: `m${id}`,
      scheme: 'cenc',
      status: id === 1 ? 'ready' : 'queued',
      current_version: id === 1 ? 3 : null,
      wrapped_key: 'w',
    });
  for (const id of [1, 2])
    insert('content_keys', { package_id: id, kid_hex: `kid${id}`, wrapped_key: `wrapped${id}` });
  insert('versions', {
    package_id: 1,
    number: 3,
    folder: 'v3',
    tracks: JSON.stringify([track]),
    size_bytes: 99,
    duration_seconds: 10,
  });
  insert('jobs', { package_id: 2, attempt: 1 });
}

describe.each(earlier)('a database after $tag', ({ count }) => {
  it('migrates to the newest schema with all its rows, and its job can be claimed', async () => {
    const db = openDatabase(databaseOf(count));
    try {
      expect(integrityProblems(db)).toEqual([]);
      const ready = findPackage(db, 1);
      expect(ready?.package).toMatchObject({ status: 'ready', currentVersion: 3 });
      expect(ready?.version).toMatchObject({
        number: 3,
        sizeBytes: 99,
        folder: 'v3',
        tracks: [{ file: 'a.mp4', label: null, isCopied: false }],
      });
      expect(ready?.video).toMatchObject({ ownerId: null, visibility: 'private', description: '' });
      expect(ready?.video.title).toBe(count < 10 ? 'a' : 'An old title');
      expect(listVideos(db, { limit: 9, words: ['mp4'] })).toHaveLength(1);
      expect(ready?.video.probe).toMatchObject({
        startSeconds: 0,
        audios: [{ codec: 'aac', role: null, startSeconds: null }],
      });
      expect(ready?.keys).toMatchObject([
        { kidHex: 'kid1', wrappedKey: 'wrapped1', label: 'all', state: 'used' },
      ]);
      // Before migration 0002, each version's folder held its download.
      if (count < 3) expect(ready?.package).toMatchObject({ downloadFolder: 'v3', downloadBytes: 0 });
      expect(await sqliteQueue(db).claim('a')).toMatchObject({
        packageId: 2,
        task: { kind: 'package' },
        keys: [{ kidHex: 'kid2' }],
      });
    } finally {
      db.$client.close();
    }
  });
});

it('released migrations keep their names and order', () => {
  expect(earlier.map(({ tag }) => tag)).toEqual([
    '0000_start',
    '0001_tracks_keys_texts',
    '0002_download_folder',
    '0003_job_attempts',
    '0004_checksums',
    '0005_key-last-version',
    '0006_version-folders',
    '0007_video-owners',
    '0008_accounts',
    '0009_video-titles',
  ]);
});

it.each([
  ['lesson.mp4', 'lesson'],
  ['archive.tar.gz', 'archive.tar'],
  ['.mp4', 'video'],
  ['', 'video'],
  [' .mp4', 'video'],
  ['no extension', 'no extension'],
  ['v1.2 final cut', 'v1.2 final cut'],
  ['ends with a dot.', 'ends with a dot.'],
  ['a.tenletters', 'a'],
  ['a.elevenchars', 'a.elevenchars'],
  ['🎬 Ünïcode.MKV', '🎬 Ünïcode'],
  [`${'🎬'.repeat(250)}.mp4`, '🎬'.repeat(200)],
])('a video called %j gets the title that its upload gives it now', (name, title) => {
  const file = databaseOf(9);
  const client = new Database(file);
  client.prepare('UPDATE videos SET name = ?').run(name);
  client.close();
  const db = openDatabase(file);
  expect(findVideo(db, 1)?.title).toBe(title);
  expect(firstTitle(cleanFileName(name))).toBe(title);
  db.$client.close();
});
