import { mkdtemp } from 'node:fs/promises';
import type { Db } from '@/db/sqlite/client';
import { contentKeys, packages, versions, videos } from '@/db/sqlite/schema';
import { actingAsSystem } from '@/lib/access/principal';
import { createApp } from '@/lib/app/app';
import { readSettings } from '@/lib/base/env';
import type { SourceProbe } from '@/lib/media/source-probe';
import type { Track } from '@/lib/media/track';
import { newWrappedKeys } from '@/lib/packages/new-keys';
import { randomName, uploadKey } from '@/lib/storage/keys';

/** Makes a storage folder with this many videos, each with a finished package, but without their files. */
export async function makeLibrary(folder: string, count: number, probe: SourceProbe, tracks: Track[]) {
  const storage = await mkdtemp(`${folder}/storage-`);
  const context = createApp(readSettings({ STORAGE_DIR: storage }));
  const { db } = context;
  const [key] = newWrappedKeys(actingAsSystem(context), 'one', null);
  if (!key) throw new Error('No key.');
  db.transaction(() => {
    for (let id = 1; id <= count; id += 1) insertOne(db, id, probe, tracks, key);
  });
  db.$client.pragma('wal_checkpoint(TRUNCATE)');
  const plan = queryPlan(db);
  db.$client.close();
  return { storage, plan };
}

type WrappedKey = ReturnType<typeof newWrappedKeys>[number];

function insertOne(db: Db, id: number, probe: SourceProbe, tracks: Track[], key: WrappedKey): void {
  const { sizeBytes, durationSeconds } = probe;
  const storageKey = uploadKey(randomName(), '.mp4');
  db.insert(videos)
    .values({
      id,
      name: `clip ${id}.mp4`,
      title: `clip ${id}`,
      storageKey,
      sizeBytes,
      durationSeconds,
      probe,
    })
    .run();
  const done = { status: 'ready', progress: 1, currentVersion: 1, readyAt: new Date() } as const;
  db.insert(packages)
    .values({ id, videoId: id, mediaId: randomName(), scheme: 'cenc', ...done })
    .run();
  db.insert(versions).values({ packageId: id, number: 1, tracks, sizeBytes, durationSeconds }).run();
  db.insert(contentKeys)
    .values({ packageId: id, ...key, kidHex: randomName() })
    .run();
}

/** How SQLite finds the newest videos and their packages. */
function queryPlan({ $client }: Db): string[] {
  const queries = [
    'SELECT * FROM videos ORDER BY id DESC LIMIT 51',
    `SELECT * FROM packages LEFT JOIN versions ON versions.package_id = packages.id AND versions.number =
      packages.current_version WHERE packages.video_id IN (1, 2, 3) ORDER BY packages.id DESC`,
    'SELECT * FROM content_keys WHERE package_id IN (1, 2, 3) ORDER BY id',
  ];
  return queries.flatMap((query) =>
    $client
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
      .all()
      .map(({ detail }) => detail),
  );
}
