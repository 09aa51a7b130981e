import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { type Db, openDatabase } from '@/db/sqlite/client';
import { insertPackage } from '@/db/sqlite/packages';
import { contentKeys, jobs, packages, versions } from '@/db/sqlite/schema';
import { insertVideo } from '@/db/sqlite/videos';
import type { PublishedVersion, Track } from '@/lib/media/track';
import { sampleProbe } from './sample-probe';
import { tempFolder } from './temp-folder';

/** The bytes of an empty database: migrating takes longer than most tests. */
let empty: Buffer | undefined;

/** A migrated database in a file of its own, which is gone after the test. */
export function sampleDatabase(): Db {
  const file = path.join(tempFolder(), 'cenclave.db');
  if (empty) writeFileSync(file, empty);
  const db = openDatabase(file);
  empty ??= db.$client.serialize();
  onTestFinished(() => void db.$client.close());
  return db;
}

/** Inserts packages into a database, each with its job and its key; returns their ids. */
export function insertJobs(db: Db, count: number): number[] {
  const probe = sampleProbe();
  const video = insertVideo(db, {
    name: 'a.mp4',
    title: 'a',
    storageKey: 'uploads/a.mp4',
    sizeBytes: 7,
    durationSeconds: 10,
    probe,
  });
  return Array.from({ length: count }, (_, i) => {
    const row = { videoId: video.id, mediaId: `media-${video.id}-${i}`, scheme: 'cbcs' as const };
    const keys = [{ label: 'all' as const, kidHex: `kid-${i}`, wrappedKey: `wrapped-${i}` }];
    return insertPackage(db, row, keys) ?? 0;
  });
}

/** All that is stored of a package: its row, its job and its versions. */
export function stored(db: Db, packageId: number) {
  return {
    package: db.select().from(packages).where(eq(packages.id, packageId)).get(),
    job: db.select().from(jobs).where(eq(jobs.packageId, packageId)).get(),
    versions: db.select().from(versions).where(eq(versions.packageId, packageId)).all(),
    keys: db.select().from(contentKeys).where(eq(contentKeys.packageId, packageId)).all(),
  };
}

/** Expires the lease of a job, as when its worker died. */
export function expireLease(db: Db, jobId: number): void {
  db.update(jobs)
    .set({ leaseExpiresAt: new Date(Date.now() - 1) })
    .where(eq(jobs.id, jobId))
    .run();
}

/** Ends the wait before the next attempt. */
export function skipBackoff(db: Db): void {
  db.update(jobs)
    .set({ notBefore: new Date(Date.now() - 1) })
    .run();
}

/** An audio track of a published version, in the file of this name. */
export function sampleAudioTrack(file: string, role: string): Track {
  const codec = { codec: 'mp4a.40.2', bitrateBps: 128_000, isCopied: true };
  const shape = { width: null, height: null, channels: 2 };
  return { kind: 'audio', file, language: 'en', label: 'English', role, ...codec, ...shape };
}

/** A version with one video track. */
export function sampleVersion(number: number): PublishedVersion {
  return {
    number,
    folder: `v${number}`,
    tracks: [
      {
        kind: 'video',
        file: 'video-1080p.mp4',
        codec: 'avc1.640028',
        bitrateBps: 5_000_000,
        language: 'und',
        label: null,
        role: null,
        width: 1920,
        height: 1080,
        channels: null,
        isCopied: true,
      },
    ],
    sizeBytes: 6_400_000,
    durationSeconds: 10,
    notCarried: [],
  };
}
