import { mkdirSync } from 'node:fs';
import { sqliteAccessRecords } from '@/db/sqlite/access-records';
import { accountDatabase } from '@/db/sqlite/account-database';
import { type Db, openDatabase } from '@/db/sqlite/client';
import { sqliteLedger } from '@/db/sqlite/ledger';
import { hasContentKeys } from '@/db/sqlite/packages';
import { sqliteQueue } from '@/db/sqlite/queue';
import type { AccessRecords } from '@/lib/accounts/access-records';
import { type Accounts, newAccounts } from '@/lib/accounts/accounts';
import { type Limits, newLimits } from '@/lib/accounts/limits';
import { openIdOf } from '@/lib/accounts/openid';
import { keyFor } from '@/lib/accounts/secret';
import type { Health } from '@/lib/app/health';
import { publicOrigin, type Settings } from '@/lib/base/env';
import { newUploadTurns, type Turns } from '@/lib/ffmpeg/upload-turns';
import { JobEvents } from '@/lib/jobs/job-events';
import type { JobQueue } from '@/lib/jobs/queue';
import { loadMasterKey } from '@/lib/keys/master-key';
import type { Ledger } from '@/lib/ledger/ledger';
import type { Ladder } from '@/lib/media/ladder';
import { defaultLadder } from '@/lib/packaging/plan/default-ladder';
import { loadLadder } from '@/lib/packaging/plan/load-ladder';
import { SingleFlight } from '@/lib/processes/single-flight';
import { ToolRunner } from '@/lib/processes/tool-runner';
import type { ArtifactStore, StoredFile } from '@/lib/storage/artifact-store';
import { closeStorage } from '@/lib/storage/close-storage';
import { DiskReservations } from '@/lib/storage/disk-reservations';
import { databaseFile, masterKeyFile } from '@/lib/storage/folders';
import { localStore } from '@/lib/storage/local-store';
import { BlockWriter } from '@/lib/storage/write-behind';

/** Everything that lives once per process; tests make their own, each with a folder of its own. */
export interface App {
  settings: Settings;
  /** For the adapters below, which are all that use cases and workers know of it. */
  db: Db;
  ledger: Ledger;
  queue: JobQueue;
  store: ArtifactStore;
  access: AccessRecords;
  accounts: Accounts;
  limits: Limits;
  masterKey: Buffer;
  ladder: Ladder;
  tools: ToolRunner;
  reservations: DiskReservations;
  /** Writes the bodies of uploads. */
  blocks: BlockWriter;
  /** Runs tools on new uploads: only a few at a time. */
  uploadTurns: Turns;
  posters: SingleFlight<StoredFile>;
  health: Health;
}

/**
 * Makes the app object. Opens the storage folder and restricts its permissions: its database (migrated),
 * its master key and its store.
 */
export function createApp(settings: Settings): App {
  const root = settings.STORAGE_DIR;
  const isShared = settings.X_ACCEL_PREFIX !== undefined;
  mkdirSync(root, { recursive: true, mode: 0o700 });
  closeStorage(root, isShared);
  const db = openDatabase(databaseFile(root));
  const events = new JobEvents();
  const origin = publicOrigin(settings);
  const masterKey = loadMasterKey(settings.MASTER_KEY_FILE ?? masterKeyFile(root), hasContentKeys(db));
  return {
    settings,
    db,
    ledger: sqliteLedger(db, events),
    queue: sqliteQueue(db, events),
    store: localStore(root, { isShared }),
    ladder: settings.LADDER_FILE ? loadLadder(settings.LADDER_FILE) : defaultLadder,
    access: sqliteAccessRecords(db, keyFor('audit', masterKey)),
    accounts: newAccounts({
      database: accountDatabase(db),
      secret: keyFor('session', masterKey).toString('hex'),
      origin,
      openId: openIdOf(settings, origin),
    }),
    limits: newLimits(),
    masterKey,
    tools: new ToolRunner(settings),
    reservations: new DiskReservations(),
    blocks: new BlockWriter(),
    uploadTurns: newUploadTurns(),
    // One at a time: many may be requested at once, and posters must not slow packaging down. A file without
    // a poster takes its time only once in five minutes.
    posters: new SingleFlight<StoredFile>(5 * 60 * 1000, 1000),
    health: { tools: null, sandbox: 'none', warnings: [] },
  };
}
