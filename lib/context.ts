import { mkdirSync } from 'node:fs';
import { type Db, openDatabase } from '@/db/client';
import { hasContentKeys } from '@/db/queries/packages';
import { type Settings, settings } from '@/lib/env';
import { loadMasterKey } from '@/lib/keys/master-key';
import type { Ladder } from '@/lib/media/ladder';
import { defaultLadder } from '@/lib/packaging/default-ladder';
import { loadLadder } from '@/lib/packaging/load-ladder';
import { closeStorage } from '@/lib/storage/close-storage';
import { databaseFile, masterKeyFile } from '@/lib/storage/folders';
import { localStore } from '@/lib/storage/local-store';
import type { Store } from '@/lib/storage/store';

/**
 * Everything that use cases work with. Made once per process; tests make their own, each with a folder of its
 * own.
 */
export interface Context {
  settings: Settings;
  db: Db;
  store: Store;
  masterKey: Buffer;
  ladder: Ladder;
}

/**
 * Opens the storage folder and restricts its permissions: its database (migrated), its master key and its
 * store.
 */
export function openContext(from: Settings): Context {
  const root = from.STORAGE_DIR;
  const isShared = from.X_ACCEL_PREFIX !== undefined;
  mkdirSync(root, { recursive: true, mode: 0o700 });
  closeStorage(root, isShared);
  const db = openDatabase(databaseFile(root));
  return {
    settings: from,
    db,
    store: localStore(root, { isShared }),
    ladder: from.LADDER_FILE ? loadLadder(from.LADDER_FILE) : defaultLadder,
    masterKey: loadMasterKey(from.MASTER_KEY_FILE ?? masterKeyFile(root), hasContentKeys(db)),
  };
}

// On globalThis, since Next.js bundles the route handlers apart from the server.
const key = Symbol.for('cenclave.context');
const shared = globalThis as { [key]?: Context };

/** The context of this process. */
export function context(): Context {
  shared[key] ??= openContext(settings());
  return shared[key];
}
