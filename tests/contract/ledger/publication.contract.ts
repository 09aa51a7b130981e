import { describe, expect, it } from 'vitest';
import { sampleVersion } from '@/tests/harness/sample-database';
import type { OpenAdapter } from '../adapters';
import { openClaimed, openPublished } from '../samples';

const download = { folder: 'download-1', sizeBytes: 12 };

/** How versions and downloads are published with every adapter. */
export function describePublication(open: OpenAdapter): void {
  describe('publishing', () => {
    it('adds the version and serves it, while the work goes on', async () => {
      const { ledger, id, job, record, tasks } = await openClaimed(open);
      expect(await ledger.publish(job, { version: sampleVersion(1) })).toBe(true);
      const { package: row, version } = await record();
      expect(row).toMatchObject({ currentVersion: 1, status: 'processing', downloadFolder: null });
      expect(version).toMatchObject({ ...sampleVersion(1), packageId: id, checksums: null });
      expect(Math.abs(Date.now() - (version?.publishedAt.getTime() ?? 0))).toBeLessThan(60_000);
      expect(await tasks()).toEqual(['package']);
      expect(await ledger.servedVersion(row.mediaId)).toBe(1);
    });

    it('serves the newest version, and keeps the previous one', async () => {
      const { ledger, job, row, folders } = await openClaimed(open);
      const folderOf = (number: number) => `v${number}-job${job.id}-1`;
      for (const number of [1, 2])
        await ledger.publish(job, { version: { ...sampleVersion(number), folder: folderOf(number) } });
      const { currentVersion, mediaId } = await row();
      expect(currentVersion).toBe(2);
      expect(await folders()).toEqual([folderOf(1), folderOf(2)]);
      expect(await ledger.servedVersion(mediaId)).toBe(2);
      for (const number of [1, 2])
        expect(await ledger.findVersion(mediaId, number)).toEqual({
          folder: folderOf(number),
          packageId: job.packageId,
          video: { id: expect.any(Number), ownerId: null, visibility: 'private' },
        });
      expect(await ledger.findVersion(mediaId, 3)).toBeUndefined();
      expect(await ledger.findVersion('another', 1)).toBeUndefined();
    });

    it('makes a version from the served one, whatever record that came from', async () => {
      const { ledger, id, claim, record } = await openPublished(open);
      await ledger.request(id, { kind: 'refresh-texts' });
      const job = await claim();
      const served = (await record()).version;
      if (!served) throw new Error('There is no version.');
      const next = { ...served, number: 2, folder: 'v2-job2-1', notCarried: ['an attachment'] };
      expect(await ledger.publish(job, { version: next })).toBe(true);
      const { version } = await record();
      expect(version).toMatchObject({ number: 2, folder: next.folder, notCarried: next.notCarried });
      expect(version?.id).not.toBe(served.id);
    });

    it('a download serves it; the version stays', async () => {
      const { ledger, job, row } = await openClaimed(open);
      await ledger.publish(job, { version: sampleVersion(1) });
      await ledger.publish(job, { download });
      expect(await row()).toMatchObject({
        ...{ currentVersion: 1, downloadFolder: 'download-1', downloadBytes: 12, downloadSha256: null },
      });
    });

    it('is all or nothing: a version that exists is refused, together with its download', async () => {
      const { ledger, job, see } = await openClaimed(open);
      await ledger.publish(job, { version: sampleVersion(1) });
      const before = await see();
      const again = { ...sampleVersion(1), sizeBytes: 1, durationSeconds: 99 };
      const publication = { version: again, download, last: { removes: null } };
      await expect(ledger.publish(job, publication)).rejects.toThrow();
      expect(await see()).toEqual(before);
    });

    it('numbers versions for each package apart', async () => {
      const { ledger, ids, job, claim, row } = await openClaimed(open, 2);
      await ledger.publish(job, { version: sampleVersion(1) });
      await ledger.publish(await claim(), { version: sampleVersion(1) });
      expect([(await row(ids[0])).currentVersion, (await row(ids[1])).currentVersion]).toEqual([1, 1]);
    });

    it('what an earlier attempt published of the last step is kept when it is finished', async () => {
      const { ledger, queue, job, row, record } = await openClaimed(open);
      await ledger.publish(job, { version: sampleVersion(1), download, last: { removes: null } });
      await queue.release(job);
      const second = await queue.claim('b');
      expect(second?.task).toMatchObject({ kind: 'finish', version: 1, download: 'download-1' });
      if (second) await queue.complete(second);
      expect(await row()).toMatchObject({ status: 'ready', downloadFolder: 'download-1' });
      expect((await record()).version).toMatchObject({ number: 1 });
    });
  });

  describe('checksums', () => {
    it('are those of the version and the download that are named', async () => {
      const { ledger, job, record } = await openClaimed(open, 2);
      await ledger.publish(job, { version: sampleVersion(1), download });
      await ledger.publish(job, { version: sampleVersion(2) });
      const checksums = { version: { number: 2, files: { 'a.mp4': 'abc' } }, downloadSha256: 'def' };
      expect(await ledger.recordChecksums(job, checksums)).toBe(true);
      const { package: row, version } = await record();
      expect(version?.checksums).toEqual({ 'a.mp4': 'abc' });
      expect(row.downloadSha256).toBe('def');
      expect(await ledger.recordChecksums(job, { version: null, downloadSha256: null })).toBe(true);
      expect((await record()).package.downloadSha256).toBe('def');
      await ledger.publish(job, { download: { ...download, folder: 'download-2' } });
      expect((await record()).package).toMatchObject({ downloadFolder: 'download-2', downloadSha256: null });
    });
  });

  describe('maintenance', () => {
    it('knows every place in the store, and what is being made', async () => {
      const { ledger, queue, videoId, id, claim, row } = await openPublished(open);
      const audio = { kind: 'add-audio', storageKey: 'uploads/b.m4a', language: 'de', label: null } as const;
      await ledger.request(id, audio);
      const text = { language: 'de', label: 'Deutsch', role: 'subtitle', storageKey: 'texts/a.vtt' } as const;
      await ledger.addText({ ...text, videoId });
      const job = await claim();
      await ledger.publish(job, { version: sampleVersion(2), download });
      const { mediaId } = await row();
      const keys = {
        files: ['uploads/a.mp4', 'texts/a.vtt', 'uploads/b.m4a'],
        videoIds: [videoId],
        packages: [{ mediaId, folders: ['v1', 'v2', 'download-1'] }],
      };
      expect(await ledger.storeKeys()).toEqual({ ...keys, attempts: [{ id: job.id, attempt: 1 }] });
      await queue.release(job);
      expect(await ledger.storeKeys()).toEqual({ ...keys, attempts: [] });
    });

    it('finds the versions that were replaced before a time, but never the served one', async () => {
      const { ledger, job, row } = await openClaimed(open);
      for (const number of [1, 2, 3]) await ledger.publish(job, { version: sampleVersion(number) });
      const { mediaId } = await row();
      const later = new Date(Date.now() + 60_000);
      const old = await ledger.supersededVersions(later);
      expect(old).toEqual([
        { id: expect.any(Number), mediaId, folder: 'v1', downloadFolder: null },
        { id: expect.any(Number), mediaId, folder: 'v2', downloadFolder: null },
      ]);
      expect(await ledger.supersededVersions(new Date(Date.now() - 60_000))).toEqual([]);
      await ledger.removeVersion(old[0]?.id ?? 0);
      expect(await ledger.findVersion(mediaId, 1)).toBeUndefined();
      expect((await ledger.supersededVersions(later)).map(({ folder }) => folder)).toEqual(['v2']);
      expect((await row()).currentVersion).toBe(3);
    });

    it('gets each package with its version and its video', async () => {
      const { ledger, record, videoId } = await openPublished(open);
      const { videos, texts, packages, keys } = await ledger.everything();
      const { package: row, video, version, keys: ofPackage } = await record();
      expect(videos).toEqual([video]);
      expect(video.id).toBe(videoId);
      expect(texts).toEqual([]);
      expect(packages).toMatchObject([{ package: row, video, version }]);
      expect(keys).toEqual(ofPackage);
    });

    it('finds nothing wrong and no package stuck, whatever its state', async () => {
      const { ledger, queue, ids, job, claim } = await openClaimed(open, 4);
      await queue.complete(job);
      await queue.fail(await claim(), { code: 'internal', message: '' });
      await queue.cancel(ids[2] ?? 0);
      await claim();
      expect(await ledger.stuckPackages()).toEqual([]);
      expect(await ledger.integrityProblems()).toEqual([]);
    });
  });
}
