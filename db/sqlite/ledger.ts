import { JobEvents } from '@/lib/jobs/job-events';
import type { Ledger } from '@/lib/ledger/ledger';
import type { Db } from './client';
import * as ends from './job-ends';
import { requestWork } from './jobs';
import { writing } from './life';
import * as maintenance from './maintenance';
import * as packages from './packages';
import * as texts from './texts';
import * as list from './video-list';
import * as videos from './videos';

/** The ledger in the SQLite database. */
export function sqliteLedger(db: Db, events = new JobEvents()): Ledger {
  const findVersion = packages.versionFinder(db);
  const waking = <Result>(result: Result): Result => {
    events.wakeWorkers();
    return result;
  };
  return {
    addVideo: async (video) => videos.insertVideo(db, video),
    findVideo: async (id) => videos.findVideo(db, id),
    findVideoByKeyStem: async (keyStem) => videos.findVideoByKeyStem(db, keyStem),
    listVideos: async (page) => list.listVideos(db, page),
    countVideos: async (filter) => list.countVideos(db, filter),
    changeVideo: async (id, changes) => videos.changeVideo(db, id, changes),
    removeVideo: async (id) => videos.deleteVideo(db, id),
    addText: async (text) => waking(texts.insertText(db, text)),
    removeText: async (videoId, id) => waking(texts.deleteText(db, videoId, id)),
    listTexts: async (videoId) => texts.listTexts(db, videoId),
    addPackage: async (row, keys, priority) => waking(packages.insertPackage(db, row, keys, priority)),
    findPackage: async (id) => packages.findPackage(db, id),
    listPackages: async (page) => packages.listPackages(db, page),
    countWaiting: async (ownerId) => packages.countWaiting(db, ownerId),
    listPackagesOf: async (videoIds) => packages.listPackagesOf(db, videoIds),
    removePackage: async (id) => packages.deletePackage(db, id),
    servedVersion: async (mediaId) => packages.servedVersion(db, mediaId),
    findVersion: async (mediaId, number) => findVersion(mediaId, number),
    request: async (packageId, task, options) =>
      waking(writing(db, (tx) => requestWork(tx, packageId, task, options))),
    publish: async (claim, publication) => ends.publish(db, claim, publication),
    recordProbe: async (claim, probe) => ends.recordProbe(db, claim, probe),
    recordChecksums: async (claim, checksums) => ends.recordChecksums(db, claim, checksums),
    storeKeys: async () => maintenance.listStoreKeys(db),
    supersededVersions: async (before) => maintenance.listSupersededVersions(db, before),
    removeVersion: async (id) => maintenance.deleteVersion(db, id),
    retireKeys: async () => maintenance.retireKeys(db),
    everything: async () => maintenance.listEverything(db),
    stuckPackages: async () => maintenance.listStuckPackages(db),
    forgetText: async (id) => texts.deleteTextRow(db, id),
    recordVideoChecksum: async (id, sha256) => maintenance.setVideoChecksum(db, id, sha256),
    integrityProblems: async () => maintenance.integrityProblems(db),
  };
}
