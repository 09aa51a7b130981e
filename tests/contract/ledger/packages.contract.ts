import { describe, expect, it } from 'vitest';
import { sampleVersion } from '@/tests/harness/sample-database';
import type { OpenAdapter } from '../adapters';
import { addPackages, newKey, openClaimed, openPublished, openWaiting, sampleUpload } from '../samples';

const key = (label: 'audio' | 'sd', kidHex: string) => ({ label, kidHex, wrappedKey: `wrapped-${kidHex}` });

/** What every adapter does with packages and requests for work on them. */
export function describePackages(open: OpenAdapter): void {
  describe('a package', () => {
    it('begins queued, with its keys and its job', async () => {
      const { ledger, queue } = open();
      const video = await ledger.addVideo(sampleUpload());
      const row = {
        videoId: video.id,
        mediaId: 'cd',
        scheme: 'cenc' as const,
        keyMode: 'per-track-type' as const,
        signalling: ['widevine' as const],
      };
      const keys = [key('audio', 'kid-a'), key('sd', 'kid-s')];
      const id = (await ledger.addPackage(row, keys)) ?? 0;
      const none = { currentVersion: null, downloadFolder: null, downloadBytes: null, downloadSha256: null };
      const calm = { stage: null, progress: 0, errorCode: null, errorMessage: null, readyAt: null };
      expect(await ledger.findPackage(id)).toMatchObject({
        package: { id, ...row, ...none, ...calm, status: 'queued', createdAt: expect.any(Date) },
        video,
        version: null,
        keys: keys.map((found) => ({ ...found, packageId: id, state: 'used' })),
        waiting: { packageId: id, ahead: 0, running: 0, failures: 0, notBefore: null, priority: 0 },
        textIds: [],
      });
      expect(await queue.tasksOf(id)).toEqual([{ kind: 'package' }]);
    });

    it('needs a video', async () => {
      const { ledger, queue } = open();
      const row = { videoId: 1, mediaId: 'cd', scheme: 'cenc' as const };
      expect(await ledger.addPackage(row, [newKey])).toBeUndefined();
      expect(await queue.claim('a')).toBeNull();
      expect(await ledger.everything()).toEqual({ videos: [], texts: [], packages: [], keys: [] });
    });

    it('that cannot be added whole leaves nothing', async () => {
      const { ledger, queue } = open();
      const { id: videoId } = await ledger.addVideo(sampleUpload());
      const row = { videoId, mediaId: 'cd', scheme: 'cenc' as const };
      await expect(ledger.addPackage(row, [newKey, newKey])).rejects.toThrow();
      expect(await queue.claim('a')).toBeNull();
      expect(await ledger.everything()).toMatchObject({ packages: [], keys: [] });
    });

    it('that does not exist is not found', async () => {
      const { ledger, queue, id } = await openWaiting(open);
      const none = id + 1000;
      expect(await ledger.findPackage(none)).toBeUndefined();
      expect(await ledger.removePackage(none)).toBeUndefined();
      expect(await ledger.request(none, { kind: 'rekey' }, { newKeys: [newKey] })).toBe('not-found');
      expect(await queue.tasksOf(none)).toEqual([]);
    });

    it('that is removed takes its job, keys and versions along', async () => {
      const { ledger, queue, ids, id, job, row } = await openClaimed(open, 2);
      await ledger.publish(job, { version: sampleVersion(1) });
      const { mediaId } = await row();
      expect(await ledger.removePackage(id)).toBe(mediaId);
      expect(await ledger.findPackage(id)).toBeUndefined();
      expect(await queue.tasksOf(id)).toEqual([]);
      expect(await ledger.servedVersion(mediaId)).toBeUndefined();
      expect(await ledger.findVersion(mediaId, 1)).toBeUndefined();
      const { packages, keys, videos } = await ledger.everything();
      expect(packages.map((found) => found.package.id)).toEqual([ids[1]]);
      expect(keys.map(({ packageId }) => packageId)).toEqual([ids[1]]);
      expect(videos).toHaveLength(1);
    });
  });

  describe('the list of packages', () => {
    it('is newest first, in pages', async () => {
      const { ledger, ids } = await openWaiting(open, 5);
      const [a = 0, b = 0, c, d = 0, e] = ids;
      const idsOf = async (limit: number, before?: number) =>
        (await ledger.listPackages({ limit, before })).map((record) => record.package.id);
      expect(await idsOf(2)).toEqual([e, d]);
      expect(await idsOf(2, d)).toEqual([c, b]);
      expect(await idsOf(2, b)).toEqual([a]);
      expect(await idsOf(2, a)).toEqual([]);
      await ledger.removePackage(d);
      expect(await idsOf(2, d)).toEqual([c, b]);
    });

    it('is newest first for some videos', async () => {
      const opened = await openWaiting(open, 2);
      const { ledger, videoId, ids } = opened;
      const other = await ledger.addVideo(sampleUpload());
      const more = await addPackages(opened, other.id, 1);
      const last = await addPackages(opened, videoId, 1);
      const idsOf = async (videoIds: number[]) =>
        (await ledger.listPackagesOf(videoIds)).map((record) => record.package.id);
      expect(await idsOf([videoId])).toEqual([...ids, ...last].toReversed());
      expect(await idsOf([videoId, other.id])).toEqual([...ids, ...more, ...last].toReversed());
      expect(await idsOf([])).toEqual([]);
    });

    it('has the same records as the packages have alone', async () => {
      const opened = await openPublished(open);
      const { ledger, videoId, id } = opened;
      const [second = 0] = await addPackages(opened, videoId, 1);
      await ledger.request(id, { kind: 'rekey' }, { newKeys: [newKey] });
      const alone = [await ledger.findPackage(second), await ledger.findPackage(id)];
      expect(await ledger.listPackages({ limit: 10 })).toEqual(alone);
      expect(await ledger.listPackagesOf([videoId])).toEqual(alone);
    });

    it('never uses an id again', async () => {
      const opened = await openWaiting(open);
      await opened.ledger.removePackage(opened.id);
      const [next] = await addPackages(opened, opened.videoId, 1);
      expect(next).toBeGreaterThan(opened.id);
    });
  });

  describe('a request', () => {
    it('waits behind other work', async () => {
      const { ledger, id, tasks } = await openWaiting(open);
      expect(await ledger.request(id, { kind: 'rekey' }, { newKeys: [newKey] })).toBe('requested');
      expect(await tasks()).toEqual(['package', 'rekey']);
    });

    it.each(['waits', 'runs'])('for an idle package changes nothing while other work %s', async (how) => {
      const { ledger, id, claim, see, tasks } = await openWaiting(open);
      if (how === 'runs') await claim();
      const before = await see();
      const options = { newKeys: [newKey], ifIdle: true };
      expect(await ledger.request(id, { kind: 'rekey' }, options)).toBe('busy');
      expect(await see()).toEqual(before);
      expect(await tasks()).toEqual(['package']);
    });

    it('for an idle package is taken once there is no other work', async () => {
      const { ledger, id, tasks, keys } = await openPublished(open);
      const options = { newKeys: [newKey], ifIdle: true };
      const results = [
        await ledger.request(id, { kind: 'rekey' }, options),
        await ledger.request(id, { kind: 'rekey' }, options),
      ];
      expect(results).toEqual(['requested', 'busy']);
      expect(await tasks()).toEqual(['rekey']);
      expect(await keys()).toEqual(['kid-0 used', 'kid-new waiting']);
    });

    it('that cannot be taken whole leaves nothing', async () => {
      const { ledger, id, see } = await openPublished(open);
      const before = await see();
      const twice = { newKeys: [newKey, newKey] }; // a KID is in a package only once
      await expect(ledger.request(id, { kind: 'rekey' }, twice)).rejects.toThrow();
      expect(await see()).toEqual(before);
    });
  });
}
