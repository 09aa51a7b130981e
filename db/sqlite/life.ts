import { eq, inArray } from 'drizzle-orm';
import { after, type JobLife, type PackageEvent, type PackageLife } from '@/lib/lifecycle/lifecycle';
import type { Db } from './client';
import { contentKeys, jobs, packages, versions } from './schema';

export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/**
 * Runs `work` as one transaction that writes: no other write comes between its reads and its writes. Every
 * write is made here: outside a transaction `returning().get()` says nothing when its commit fails, as on a
 * full disk (SQLite commits when the statement is reset, and better-sqlite3 ignores that result).
 */
export const writing = <Result>(db: Db, work: (tx: Tx) => Result): Result =>
  db.transaction(work, { behavior: 'immediate' });

/** The state of a package and of what belongs to it; undefined when there is none. */
function readLife(tx: Tx, packageId: number): PackageLife | undefined {
  const row = tx.select().from(packages).where(eq(packages.id, packageId)).get();
  if (!row) return undefined;
  const { status, stage, progress, currentVersion, errorCode, errorMessage, readyAt } = row;
  const ofJob = { id: jobs.id, task: jobs.task, attempt: jobs.attempt, failures: jobs.failures };
  const more = {
    leaseExpiresAt: jobs.leaseExpiresAt,
    notBefore: jobs.notBefore,
    cancelRequested: jobs.cancelRequested,
  };
  const ofKey = { id: contentKeys.id, state: contentKeys.state, lastVersion: contentKeys.lastVersion };
  return {
    ...{ status, stage, progress, currentVersion, errorCode, errorMessage, readyAt },
    jobs: tx
      .select({ ...ofJob, ...more })
      .from(jobs)
      .where(eq(jobs.packageId, packageId))
      .orderBy(jobs.id)
      .all(),
    keys: tx.select(ofKey).from(contentKeys).where(eq(contentKeys.packageId, packageId)).all(),
    versions: tx
      .select({ number: versions.number })
      .from(versions)
      .where(eq(versions.packageId, packageId))
      .all()
      .map(({ number }) => number),
  };
}

/** Applies an event to a package, in the caller's transaction. */
export function applyEvent(tx: Tx, packageId: number, event: PackageEvent): void {
  const life = readLife(tx, packageId);
  if (life) writeLife(tx, packageId, life, after(life, event));
}

/** Writes what differs between two states of a package. */
function writeLife(tx: Tx, packageId: number, before: PackageLife, now: PackageLife): void {
  if (now === before) return;
  writePackage(tx, packageId, before, now);
  writeJobs(tx, packageId, before.jobs, now.jobs);
  writeKeys(tx, before.keys, now.keys);
  const gone = before.versions.filter((number) => !now.versions.includes(number));
  for (const row of gone.length > 0 ? versionRows(tx, packageId) : [])
    if (gone.includes(row.number)) tx.delete(versions).where(eq(versions.id, row.id)).run();
}

const versionRows = (tx: Tx, packageId: number) =>
  tx
    .select({ id: versions.id, number: versions.number })
    .from(versions)
    .where(eq(versions.packageId, packageId))
    .all();

const columns = [
  'status',
  'stage',
  'progress',
  'currentVersion',
  'errorCode',
  'errorMessage',
  'readyAt',
] as const;

function writePackage(tx: Tx, packageId: number, before: PackageLife, now: PackageLife): void {
  const changes = columns.filter((name) => now[name] !== before[name]).map((name) => [name, now[name]]);
  if (changes.length === 0) return;
  tx.update(packages).set(Object.fromEntries(changes)).where(eq(packages.id, packageId)).run();
}

function writeJobs(tx: Tx, packageId: number, before: readonly JobLife[], now: readonly JobLife[]): void {
  const gone = before.flatMap(({ id }) => (id !== null && !now.some((job) => job.id === id) ? [id] : []));
  if (gone.length > 0) tx.delete(jobs).where(inArray(jobs.id, gone)).run();
  for (const job of now) {
    const { id, ...row } = job;
    if (id === null) tx.insert(jobs).values({ packageId, task: job.task }).run();
    else if (!before.includes(job)) tx.update(jobs).set(row).where(eq(jobs.id, id)).run();
  }
}

/** The remaining columns of a key that is not given out any more. */
export const retired = { state: 'retired', wrappedKey: '' } as const;

function writeKeys(tx: Tx, before: PackageLife['keys'], now: PackageLife['keys']): void {
  const gone = before.filter(({ id }) => !now.some((key) => key.id === id)).map(({ id }) => id);
  if (gone.length > 0) tx.delete(contentKeys).where(inArray(contentKeys.id, gone)).run();
  for (const key of now.filter((key) => !before.includes(key))) {
    const { id, state, lastVersion } = key;
    const set = state === 'retired' ? { ...retired, lastVersion } : { state, lastVersion };
    tx.update(contentKeys).set(set).where(eq(contentKeys.id, id)).run();
  }
}
