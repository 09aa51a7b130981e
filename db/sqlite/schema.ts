import { desc, sql } from 'drizzle-orm';
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import { type KeyLabel, type KeyMode, protectionSystems } from '@/lib/media/content-key';
import { jobTaskSchema } from '@/lib/media/job-task';
import type { Scheme } from '@/lib/media/scheme';
import { sourceProbeSchema } from '@/lib/media/source-probe';
import type { PackageStatus, Stage } from '@/lib/media/status';
import type { TextRole } from '@/lib/media/text-track';
import { storedTracksSchema } from '@/lib/media/track';
import type { Visibility } from '@/lib/media/visibility';
import { json } from './json-column';

const createdAt = integer('created_at', { mode: 'timestamp_ms' })
  .notNull()
  .default(sql`(unixepoch('subsec') * 1000)`);

/** One uploaded source file with its probe. */
export const videos = sqliteTable(
  'videos',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The client's own file name: shown and offered at download, never used as a path. */
    name: text('name').notNull(),
    /** At first the file name without its extension. `video_search` (FTS5) has it, description and name. */
    title: text('title').notNull(),
    description: text('description').notNull().default(''),
    /** Where the store keeps the file. */
    storageKey: text('storage_key').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    /** Of the uploaded file, in hexadecimal; null for files that an older Cenclave stored. */
    sha256: text('sha256'),
    durationSeconds: real('duration_seconds').notNull(),
    probe: json('probe', sourceProbeSchema).notNull(),
    /** The user who uploaded it; null: it belongs to the administrators. */
    ownerId: text('owner_id'),
    /** Who may watch it beside its owner and administrators: nobody, or everybody who can sign in. */
    visibility: text('visibility').$type<Visibility>().notNull().default('private'),
    createdAt,
  },
  (table) => {
    // One index for each order of the list. It covers the filters: rows are wide, and read for one page only.
    const filtered = [table.ownerId, table.visibility, table.createdAt] as const;
    return [
      index('videos_storage_key').on(table.storageKey),
      index('videos_owner_id').on(table.ownerId),
      index('videos_by_id').on(table.id, ...filtered),
      index('videos_by_title').on(sql`${table.title} collate nocase`, table.id, ...filtered),
      index('videos_by_duration').on(table.durationSeconds, table.id, ...filtered),
      index('videos_by_size').on(table.sizeBytes, table.id, ...filtered),
    ];
  },
);

/** One encrypted, streamable presentation of a video. Only its job writes it, once it is queued. */
export const packages = sqliteTable(
  'packages',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    videoId: integer('video_id')
      .notNull()
      .references(() => videos.id),
    /** Random (128 bits), in the address of its manifests and tracks. */
    mediaId: text('media_id').notNull(),
    scheme: text('scheme').$type<Scheme>().notNull(),
    /** One key for all tracks, or one each for audio, SD, HD and UHD. */
    keyMode: text('key_mode').$type<KeyMode>().notNull().default('one'),
    /** Protection systems that are signalled beside Clear Key. */
    signalling: json('signalling', z.array(z.enum(protectionSystems)))
      .notNull()
      .default([]),
    status: text('status').$type<PackageStatus>().notNull().default('queued'),
    stage: text('stage').$type<Stage>(),
    /** From 0 to 1; never goes back within a job. */
    progress: real('progress').notNull().default(0),
    /** The version that is served; null until the first is published. */
    currentVersion: integer('current_version'),
    /** The folder of the download that is served, such as `download-1`; null until there is one. */
    downloadFolder: text('download_folder'),
    downloadBytes: integer('download_bytes'),
    downloadSha256: text('download_sha256'),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    createdAt,
    readyAt: integer('ready_at', { mode: 'timestamp_ms' }),
  },
  (table) => [
    uniqueIndex('packages_media_id').on(table.mediaId),
    // Both cover the filter by status of the list of videos.
    index('packages_video_id').on(table.videoId, table.status, table.currentVersion),
    index('packages_status').on(table.status, table.videoId),
  ],
);

/** A content key of a package, wrapped under the master key. */
export const contentKeys = sqliteTable(
  'content_keys',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    packageId: integer('package_id')
      .notNull()
      .references(() => packages.id, { onDelete: 'cascade' }),
    /** Which tracks it is for. */
    label: text('label').$type<KeyLabel>().notNull().default('all'),
    kidHex: text('kid_hex').notNull(),
    wrappedKey: text('wrapped_key').notNull(),
    /**
     * `waiting` for a version that uses it; `used` by the served version; `older`: kept for viewers of an
     * older version; `retired`: the key is deleted, its KID is kept.
     */
    state: text('state').$type<'waiting' | 'used' | 'older' | 'retired'>().notNull().default('used'),
    /**
     * For an older key, the last version that uses it: the key is retired together with it. Null for keys
     * from an older Cenclave.
     */
    lastVersion: integer('last_version'),
  },
  (table) => [uniqueIndex('content_keys_package_kid').on(table.packageId, table.kidHex)],
);

/** A published version of a package; never changed, only superseded. */
export const versions = sqliteTable(
  'versions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    packageId: integer('package_id')
      .notNull()
      .references(() => packages.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    /** Where its files are, below its package's folder: see attemptFolder. */
    folder: text('folder').notNull().default(''),
    tracks: json('tracks', storedTracksSchema).notNull(),
    /** The parts of the source that it lacks, as sentences for people. */
    notCarried: json('not_carried', z.array(z.string())).notNull().default([]),
    sizeBytes: integer('size_bytes').notNull(),
    durationSeconds: real('duration_seconds').notNull(),
    /** SHA-256 of each of its files, in hexadecimal; null until they are known. */
    checksums: json('checksums', z.record(z.string(), z.string())),
    publishedAt: createdAt,
  },
  (table) => [uniqueIndex('versions_package_number').on(table.packageId, table.number)],
);

/** A durable unit of packaging work. The row is deleted when the work is done. */
export const jobs = sqliteTable(
  'jobs',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    packageId: integer('package_id')
      .notNull()
      .references(() => packages.id, { onDelete: 'cascade' }),
    /**
     * Attempts so far; also the fencing token of the claim: a write with an older attempt number changes
     * nothing.
     */
    attempt: integer('attempt').notNull().default(0),
    leaseExpiresAt: integer('lease_expires_at', { mode: 'timestamp_ms' }),
    /** The process that claimed it last; null when an older Cenclave did. */
    holder: text('holder'),
    /** The work to do. */
    task: json('task', jobTaskSchema).notNull().default({ kind: 'package' }),
    /** Attempts that failed with a temporary fault, or whose worker died. */
    failures: integer('failures').notNull().default(0),
    /** The earliest time of the next attempt; null: at once. */
    notBefore: integer('not_before', { mode: 'timestamp_ms' }),
    /** Higher goes first; 0 is usual. */
    priority: integer('priority').notNull().default(0),
    /** Set while a worker runs the job: the worker then ends it. */
    cancelRequested: integer('cancel_requested', { mode: 'boolean' }).notNull().default(false),
    createdAt,
  },
  (table) => [
    index('jobs_package_id').on(table.packageId),
    index('jobs_order').on(desc(table.priority), table.id),
  ],
);

/**
 * A text track that was uploaded for a video, as WebVTT in the store; every package of the video carries it.
 */
export const texts = sqliteTable(
  'texts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    videoId: integer('video_id')
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    /** BCP-47. */
    language: text('language').notNull(),
    label: text('label').notNull(),
    role: text('role').$type<TextRole>().notNull(),
    storageKey: text('storage_key').notNull(),
    createdAt,
  },
  (table) => [index('texts_video_id').on(table.videoId)],
);
