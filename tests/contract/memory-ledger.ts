import type { Claim } from '@/lib/jobs/queue';
import type { Everything, Ledger, PageRequest, Requested, StoreKeys } from '@/lib/ledger/ledger';
import type {
  KeyRecord,
  NewKey,
  PackageRecord,
  StoredPackage,
  VideoRecord,
  WaitingJob,
} from '@/lib/ledger/records';
import type { JobTask } from '@/lib/media/job-task';
import type { Publication } from '@/lib/media/track';
import { byPriority, holds, isDue, publishedVersion } from './memory-queue';
import type { MemoryTables } from './memory-tables';
import { isVisible, listVideos } from './memory-video-list';

/** A ledger in memory, beside memoryQueue of the same tables. Its records are copies, as from a database. */
export function memoryLedger(tables: MemoryTables): Ledger {
  const { videos, texts, packages, keys, versions, jobs, events } = tables;
  const rowOf = (mediaId: string) => [...packages.values()].find((row) => row.mediaId === mediaId);
  const textsOf = (id: number) => [...texts.values()].filter(({ videoId }) => videoId === id);
  const refreshTexts = (videoId: number) => {
    for (const row of packagesOf(tables, [videoId]))
      if (row.currentVersion !== null || tables.jobsOf(row.id).length > 0)
        request(tables, row.id, { kind: 'refresh-texts' });
    events.wakeWorkers();
  };
  return {
    async addVideo(video) {
      const row = { ...newVideo, ...structuredClone(video), id: tables.nextId(), createdAt: new Date() };
      videos.set(row.id, row);
      return structuredClone(row);
    },
    findVideo: async (id) => structuredClone(videos.get(id)),
    findVideoByKeyStem: async (keyStem) =>
      structuredClone([...videos.values()].find(({ storageKey }) => storageKey.startsWith(keyStem))),
    listVideos: async (page) => structuredClone(listVideos(tables, page)),
    countVideos: async (filter) => listVideos(tables, { ...filter, limit: Infinity }).length,
    async changeVideo(id, changes) {
      const row = videos.get(id);
      if (row) videos.set(id, { ...row, ...changes });
      return structuredClone(videos.get(id));
    },
    async removeVideo(id) {
      const gone = videos.get(id);
      if (!gone) return undefined;
      const mediaIds = packagesOf(tables, [id]).flatMap((row) => tables.removePackage(row.id) ?? []);
      const textKeys = textsOf(id).map(({ storageKey }) => storageKey);
      for (const text of textsOf(id)) texts.delete(text.id);
      videos.delete(id);
      return { storageKey: gone.storageKey, textKeys, mediaIds };
    },
    async addText(text) {
      if (!videos.has(text.videoId)) return undefined;
      const row = { ...text, id: tables.nextId(), createdAt: new Date() };
      texts.set(row.id, row);
      refreshTexts(row.videoId);
      return { ...row };
    },
    async removeText(videoId, id) {
      const gone = textsOf(videoId).find((text) => text.id === id);
      if (!gone) return undefined;
      texts.delete(id);
      refreshTexts(videoId);
      return gone;
    },
    listTexts: async (videoId) => structuredClone(textsOf(videoId)),
    async addPackage(row, newKeys, priority = 0) {
      if (!videos.has(row.videoId)) return undefined;
      requireNewKids(newKeys, []);
      const id = tables.nextId();
      packages.set(id, { ...newPackage, ...structuredClone(row), id, createdAt: new Date() });
      addKeys(tables, id, newKeys, 'used');
      tables.apply(id, { kind: 'requested', task: { kind: 'package' } });
      for (const job of tables.jobsOf(id)) jobs.set(job.id, { ...job, priority });
      events.wakeWorkers();
      return id;
    },
    findPackage: async (id) => recordOf(tables, packages.get(id)),
    listPackages: async (page) =>
      pageOf(packages, page, (row) => isVisible(page, videos.get(row.videoId))).flatMap(
        (row) => recordOf(tables, row) ?? [],
      ),
    countWaiting: async (ownerId) =>
      [...packages.values()].filter(
        ({ status, videoId }) => status === 'queued' && videos.get(videoId)?.ownerId === ownerId,
      ).length,
    listPackagesOf: async (videoIds) =>
      packagesOf(tables, videoIds)
        .toReversed()
        .flatMap((row) => recordOf(tables, row) ?? []),
    removePackage: async (id) => tables.removePackage(id),
    servedVersion: async (mediaId) => rowOf(mediaId)?.currentVersion ?? undefined,
    async findVersion(mediaId, number) {
      const row = rowOf(mediaId);
      const version = tables.versionsOf(row?.id ?? 0).find((one) => one.number === number);
      const video = row && videos.get(row.videoId);
      if (!version || !video) return undefined;
      const { id, ownerId, visibility } = video;
      return { folder: version.folder, packageId: row.id, video: { id, ownerId, visibility } };
    },
    async request(packageId, task, options) {
      const requested = request(tables, packageId, task, options);
      events.wakeWorkers();
      return requested;
    },
    publish: async (claim, publication) => holds(tables, claim) && publish(tables, claim, publication),
    async recordProbe({ packageId, ...claim }, probe) {
      if (!holds(tables, { packageId, ...claim })) return false;
      changeVideo(tables, packageId, { probe });
      return true;
    },
    async recordChecksums(claim, { version, downloadSha256 }) {
      const row = packages.get(claim.packageId);
      if (!row || !holds(tables, claim)) return false;
      for (const found of tables.versionsOf(row.id))
        if (found.number === version?.number) versions.set(found.id, { ...found, checksums: version.files });
      if (downloadSha256) packages.set(row.id, { ...row, downloadSha256 });
      return true;
    },
    storeKeys: async () => structuredClone(storeKeys(tables)),
    supersededVersions: async (before) =>
      [...packages.values()].flatMap(({ id: packageId, currentVersion, mediaId, downloadFolder }) => {
        const all = tables.versionsOf(packageId);
        const isReplaced = (number: number) =>
          all.some((next) => next.number === number + 1 && next.publishedAt < before);
        return all
          .filter(({ number }) => number < (currentVersion ?? 0) && isReplaced(number))
          .map(({ id, folder }) => ({ id, folder, mediaId, downloadFolder }));
      }),
    removeVersion: async (id) => void versions.delete(id),
    async retireKeys() {
      for (const key of keys.values()) {
        const { packageId, state, lastVersion } = key;
        const last = lastVersion ?? (packages.get(packageId)?.currentVersion ?? 0) - 1;
        if (state === 'older' && !tables.versionsOf(packageId).some(({ number }) => number <= last))
          keys.set(key.id, { ...key, state: 'retired', wrappedKey: '' });
      }
    },
    everything: async () => structuredClone(everything(tables)),
    stuckPackages: async () =>
      [...packages.values()]
        .filter(({ id, status }) => tables.jobsOf(id).length === 0 && /queued|processing/.test(status))
        .map(({ id }) => id),
    forgetText: async (id) => void texts.delete(id),
    async recordVideoChecksum(id, sha256) {
      const row = videos.get(id);
      if (row) videos.set(id, { ...row, sha256 });
    },
    integrityProblems: async () => [],
  };
}

const newPackage = {
  ...{ keyMode: 'one', signalling: [], status: 'queued', stage: null, progress: 0, currentVersion: null },
  ...{ downloadFolder: null, downloadBytes: null, downloadSha256: null, errorCode: null, errorMessage: null },
  readyAt: null,
} satisfies Partial<StoredPackage>;

const newVideo = {
  description: '',
  sha256: null,
  ownerId: null,
  visibility: 'private',
} satisfies Partial<VideoRecord>;

/** Newest first. */
const pageOf = <Row extends { id: number }>(
  rows: Map<number, Row>,
  { limit, before }: PageRequest,
  isShown: (row: Row) => boolean,
): Row[] =>
  [...rows.values()]
    .filter((row) => row.id < (before ?? Infinity) && isShown(row))
    .toReversed()
    .slice(0, limit);

const packagesOf = ({ packages }: MemoryTables, videoIds: number[]): StoredPackage[] =>
  [...packages.values()].filter(({ videoId }) => videoIds.includes(videoId)).toSorted((a, b) => a.id - b.id);

/** A package has each KID once. */
function requireNewKids(newKeys: NewKey[], known: KeyRecord[]): void {
  const all = [...newKeys, ...known].map(({ kidHex }) => kidHex);
  if (new Set(all).size < all.length) throw new Error('The package already has one of these KIDs.');
}

function addKeys(
  tables: MemoryTables,
  packageId: number,
  newKeys: NewKey[],
  state: 'used' | 'waiting',
): void {
  for (const key of newKeys) {
    const id = tables.nextId();
    tables.keys.set(id, { ...key, id, packageId, state, lastVersion: null });
  }
}

function request(
  tables: MemoryTables,
  packageId: number,
  task: JobTask,
  { newKeys = [], ifIdle = false }: { newKeys?: NewKey[]; ifIdle?: boolean } = {},
): Requested {
  if (!tables.packages.has(packageId)) return 'not-found';
  if (ifIdle && tables.jobsOf(packageId).length > 0) return 'busy';
  requireNewKids(newKeys, tables.keysOf(packageId));
  tables.apply(packageId, { kind: 'requested', task: structuredClone(task) });
  addKeys(tables, packageId, newKeys, 'waiting');
  return 'requested';
}

function publish(tables: MemoryTables, { id: job, packageId }: Claim, publication: Publication): boolean {
  const { version, download, last } = structuredClone(publication);
  const row = tables.packages.get(packageId);
  const task = tables.jobs.get(job)?.task;
  if (!row || !task) return false;
  if (version) {
    if (tables.versionsOf(packageId).some(({ number }) => number === version.number))
      throw new Error(`Version ${version.number} of package ${packageId} exists.`);
    const id = tables.nextId();
    const made = publishedVersion(version);
    tables.versions.set(id, { ...made, id, packageId, checksums: null, publishedAt: new Date() });
    const { durationSeconds } = version;
    if (task.kind === 'package') changeVideo(tables, packageId, { durationSeconds });
  }
  if (download) {
    const { folder: downloadFolder, sizeBytes: downloadBytes } = download;
    tables.packages.set(packageId, { ...row, downloadFolder, downloadBytes, downloadSha256: null });
  }
  const made = { version: version?.number ?? null, download: download?.folder ?? null };
  const lastMade = last ? { ...made, removes: last.removes } : null;
  tables.apply(packageId, { kind: 'published', job, version: made.version, last: lastMade });
  return true;
}

function changeVideo({ videos, packages }: MemoryTables, packageId: number, change: object): void {
  const video = videos.get(packages.get(packageId)?.videoId ?? 0);
  if (video) videos.set(video.id, { ...video, ...structuredClone(change) });
}

function recordOf(tables: MemoryTables, row: StoredPackage | undefined): PackageRecord | undefined {
  const video = row && tables.videos.get(row.videoId);
  if (!video) return undefined;
  const { id, currentVersion } = row;
  return structuredClone({
    package: row,
    video,
    version: tables.versionsOf(id).find(({ number }) => number === currentVersion) ?? null,
    keys: tables.keysOf(id),
    waiting: waitingOf(tables, id),
    textIds: [...tables.texts.values()].flatMap((text) => (text.videoId === video.id ? [text.id] : [])),
  });
}

function waitingOf(tables: MemoryTables, packageId: number): WaitingJob | null {
  const now = new Date();
  const all = [...tables.jobs.values()];
  const job = tables.jobsOf(packageId).find(({ leaseExpiresAt }) => leaseExpiresAt === null);
  if (!job) return null;
  const { failures, notBefore, priority } = job;
  const isAhead = (other: (typeof all)[0]) =>
    other.leaseExpiresAt === null && isDue(other) && byPriority(other, job) < 0;
  const running = all.filter(({ leaseExpiresAt }) => leaseExpiresAt !== null && leaseExpiresAt >= now).length;
  return { packageId, ahead: all.filter(isAhead).length, running, failures, notBefore, priority };
}

function storeKeys({ videos, texts, packages, versions, jobs }: MemoryTables): StoreKeys {
  const all = [...jobs.values()];
  return {
    files: [
      ...[...videos.values(), ...texts.values()].map(({ storageKey }) => storageKey),
      ...all.flatMap(({ task }) => ('storageKey' in task ? [task.storageKey] : [])),
    ],
    videoIds: [...videos.keys()],
    packages: [...packages.values()].map(({ id, mediaId, downloadFolder }) => ({
      mediaId,
      folders: [
        ...[...versions.values()].flatMap(({ packageId, folder }) => (packageId === id ? [folder] : [])),
        ...(downloadFolder ? [downloadFolder] : []),
      ],
    })),
    attempts: all.flatMap(({ id, attempt, leaseExpiresAt }) => (leaseExpiresAt ? [{ id, attempt }] : [])),
  };
}

function everything(tables: MemoryTables): Everything {
  return {
    videos: [...tables.videos.values()],
    texts: [...tables.texts.values()],
    packages: [...tables.packages.values()].flatMap((row) => recordOf(tables, row) ?? []),
    keys: [...tables.keys.values()].filter(({ state }) => state !== 'retired'),
  };
}
