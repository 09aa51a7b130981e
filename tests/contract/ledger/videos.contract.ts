import { describe, expect, it } from 'vitest';
import type { VideoPosition } from '@/lib/ledger/ledger';
import type { NewVideo } from '@/lib/ledger/records';
import { sampleVersion } from '@/tests/harness/sample-database';
import { sampleProbe } from '@/tests/harness/sample-probe';
import type { OpenAdapter } from '../adapters';
import { addPackages, openPublished, sampleUpload } from '../samples';

/** The place in a list, newest first, that is behind a video. */
const afterId = (id: number | undefined): { after?: VideoPosition } =>
  id === undefined ? {} : { after: { id, value: id } };

/** What every adapter does with videos. */
export function describeVideos(open: OpenAdapter): void {
  describe('a video', () => {
    it('is found as it was added', async () => {
      const { ledger } = open();
      const probe = sampleProbe({ discontinuitySeconds: 4 });
      const owned = { ownerId: 'ann', visibility: 'members' } as const;
      const upload = sampleUpload({ sha256: 'abc', probe, description: 'Light.', ...owned });
      const added = await ledger.addVideo(upload);
      expect(added).toEqual({ ...upload, id: expect.any(Number), createdAt: expect.any(Date) });
      expect(Math.abs(Date.now() - added.createdAt.getTime())).toBeLessThan(60_000);
      expect(await ledger.findVideo(added.id)).toEqual(added);
      expect(await ledger.findVideo(added.id + 1000)).toBeUndefined();
    });

    it('is not changed by what a caller does to its record', async () => {
      const { ledger } = open();
      const added = await ledger.addVideo(sampleUpload());
      added.name = 'b.mp4';
      added.probe.audios.pop();
      expect(await ledger.findVideo(added.id)).toMatchObject(sampleUpload());
    });

    it('is changed in what people may change, and in nothing else', async () => {
      const { ledger } = open();
      const { id, ...added } = await ledger.addVideo(sampleUpload());
      const other = await ledger.addVideo(sampleUpload());
      expect(added).toMatchObject({ title: 'a', description: '' });
      const changes = { title: 'Lesson 1', description: 'About\nlight.' };
      expect(await ledger.changeVideo(id, changes)).toEqual({ ...added, id, ...changes });
      expect(await ledger.changeVideo(id, {})).toEqual({ ...added, id, ...changes });
      expect(await ledger.changeVideo(id, { visibility: 'members' })).toMatchObject(changes);
      expect(await ledger.findVideo(id)).toEqual({ ...added, id, ...changes, visibility: 'members' });
      expect(await ledger.findVideo(other.id)).toEqual(other);
      expect(await ledger.changeVideo(id + 1000, changes)).toBeUndefined();
    });

    it('belongs to the administrators unless it has an owner, and is private', async () => {
      const { ledger } = open();
      expect(await ledger.addVideo(sampleUpload())).toMatchObject({ ownerId: null, visibility: 'private' });
    });

    it('has no checksum until one is recorded', async () => {
      const { ledger } = open();
      const { id, sha256 } = await ledger.addVideo(sampleUpload());
      expect(sha256).toBeNull();
      await ledger.recordVideoChecksum(id, 'abc');
      expect(await ledger.findVideo(id)).toMatchObject({ ...sampleUpload(), sha256: 'abc' });
    });

    it.each([
      ['uploads/ab.', 'uploads/ab.mp4'],
      ['uploads/abc.', 'uploads/abc.mkv'],
      ['uploads/a.', undefined],
      ['uploads/abcd.', undefined],
      ['uploads/AB.', undefined],
      ['uploads/a%.', undefined],
    ])('is found by the stem of its key: %s', async (stem, expected) => {
      const { ledger } = open();
      for (const storageKey of ['uploads/ab.mp4', 'uploads/abc.mkv'])
        await ledger.addVideo(sampleUpload({ storageKey }));
      expect((await ledger.findVideoByKeyStem(stem))?.storageKey).toBe(expected);
    });
  });

  describe('the list of videos', () => {
    it('is newest first, in pages', async () => {
      const { ledger } = open();
      const added: number[] = [];
      for (let i = 0; i < 5; i += 1) added.push((await ledger.addVideo(sampleUpload())).id);
      const [a = 0, b = 0, c, d = 0, e] = added;
      const idsOf = async (limit: number, before?: number) =>
        (await ledger.listVideos({ limit, ...afterId(before) })).map(({ id }) => id);
      expect(await idsOf(2)).toEqual([e, d]);
      expect(await idsOf(2, d)).toEqual([c, b]);
      expect(await idsOf(2, b)).toEqual([a]);
      expect(await idsOf(2, a)).toEqual([]);
      await ledger.removeVideo(d);
      expect(await idsOf(2, d)).toEqual([c, b]);
    });

    it('shows a user the videos of this user, and those for members', async () => {
      const opened = open();
      const { ledger } = opened;
      const add = async (changes: Partial<NewVideo>) => (await ledger.addVideo(sampleUpload(changes))).id;
      const ofNobody = await add({});
      const own = await add({ ownerId: 'ann' });
      const others = await add({ ownerId: 'bob' });
      const forMembers = await add({ ownerId: 'bob', visibility: 'members' });
      const idsOf = async (page: { limit: number; visibleTo?: string; after?: VideoPosition }) =>
        (await ledger.listVideos(page)).map(({ id }) => id);
      expect(await idsOf({ limit: 9 })).toEqual([forMembers, others, own, ofNobody]);
      expect(await idsOf({ limit: 9, visibleTo: 'ann' })).toEqual([forMembers, own]);
      expect(await idsOf({ limit: 1, visibleTo: 'ann', ...afterId(forMembers) })).toEqual([own]);
      for (const id of [own, others, forMembers]) await addPackages(opened, id, 1);
      const videosOf = async (visibleTo?: string) =>
        (await ledger.listPackages({ limit: 9, visibleTo })).map(({ video }) => video.id);
      expect(await videosOf()).toEqual([forMembers, others, own]);
      expect(await videosOf('ann')).toEqual([forMembers, own]);
    });

    it('is changed in what people may change', async () => {
      const { ledger } = open();
      const video = await ledger.addVideo(sampleUpload({ ownerId: 'ann' }));
      const changed = { ...video, visibility: 'members' };
      expect(await ledger.changeVideo(video.id, { visibility: 'members' })).toEqual(changed);
      expect(await ledger.changeVideo(video.id, {})).toEqual(changed);
      expect(await ledger.findVideo(video.id)).toEqual(changed);
      expect(await ledger.changeVideo(video.id + 1000, { visibility: 'members' })).toBeUndefined();
    });

    it('counts what waits of a user', async () => {
      const opened = open();
      const { ledger, queue } = opened;
      const { id } = await ledger.addVideo(sampleUpload({ ownerId: 'ann' }));
      await addPackages(opened, id, 3);
      expect([await ledger.countWaiting('ann'), await ledger.countWaiting('bob')]).toEqual([3, 0]);
      await queue.claim('a');
      expect(await ledger.countWaiting('ann')).toBe(2);
    });

    it('never uses an id again', async () => {
      const { ledger } = open();
      const { id } = await ledger.addVideo(sampleUpload());
      await ledger.removeVideo(id);
      expect((await ledger.addVideo(sampleUpload())).id).toBeGreaterThan(id);
    });
  });

  describe('a removed video', () => {
    it('takes its packages, their work, keys and versions, and its text tracks along', async () => {
      const opened = await openPublished(open);
      const { ledger, queue, videoId, id } = opened;
      const other = await ledger.addVideo(sampleUpload({ storageKey: 'uploads/b.mp4' }));
      const [kept = 0] = await addPackages(opened, other.id, 1);
      const [second = 0] = await addPackages(opened, videoId, 1);
      const text = { language: 'de', label: 'Deutsch', role: 'subtitle', storageKey: 'texts/a.vtt' } as const;
      await ledger.addText({ ...text, videoId });
      await ledger.addText({ ...text, videoId: other.id, storageKey: 'texts/b.vtt' });
      const mediaIds = (await ledger.listPackagesOf([videoId])).map((record) => record.package.mediaId);
      const keptId = (await ledger.findPackage(kept))?.package.mediaId;

      const gone = await ledger.removeVideo(videoId);
      expect(gone).toMatchObject({ storageKey: 'uploads/a.mp4', textKeys: ['texts/a.vtt'] });
      expect(gone?.mediaIds.toSorted()).toEqual(mediaIds.toSorted());
      expect(await ledger.findVideo(videoId)).toBeUndefined();
      expect(await ledger.listTexts(videoId)).toEqual([]);
      for (const packageId of [id, second]) {
        expect(await ledger.findPackage(packageId)).toBeUndefined();
        expect(await queue.tasksOf(packageId)).toEqual([]);
      }
      expect(await ledger.storeKeys()).toEqual({
        files: ['uploads/b.mp4', 'texts/b.vtt'],
        videoIds: [other.id],
        packages: [{ mediaId: keptId, folders: [] }],
        attempts: [],
      });
      expect((await ledger.everything()).keys.map(({ packageId }) => packageId)).toEqual([kept]);
    });

    it('was there', async () => {
      const { ledger, videoId } = await openPublished(open);
      expect(await ledger.removeVideo(videoId + 1000)).toBeUndefined();
      expect(await ledger.findVideo(videoId)).toBeDefined();
    });
  });

  describe('the probe and the duration of a video', () => {
    it('are those that a worker found', async () => {
      const opened = await openPublished(open);
      const { ledger, queue, videoId } = opened;
      const [second = 0] = await addPackages(opened, videoId, 1);
      const job = await opened.claim();
      const probe = sampleProbe({ discontinuitySeconds: 4 });
      expect(await ledger.recordProbe(job, probe)).toBe(true);
      await ledger.publish(job, { version: { ...sampleVersion(1), durationSeconds: 9.5 } });
      await queue.complete(job);
      expect(await ledger.findVideo(videoId)).toMatchObject({ probe, durationSeconds: 9.5 });
      await ledger.request(second, { kind: 'rekey' });
      const rekeying = await opened.claim();
      expect(rekeying.source.probe).toEqual(probe);
      await ledger.publish(rekeying, { version: { ...sampleVersion(2), durationSeconds: 9.6 } });
      expect(await ledger.findVideo(videoId)).toMatchObject({ durationSeconds: 9.5 });
    });
  });
}
