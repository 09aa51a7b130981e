import { describe, expect, it } from 'vitest';
import type { JobTask } from '@/lib/media/job-task';
import { sampleVersion } from '@/tests/harness/sample-database';
import type { OpenAdapter } from '../adapters';
import {
  addPackages,
  failure,
  leaseSeconds,
  newKey,
  openClaimed,
  openPublished,
  passSeconds,
} from '../samples';

/** How the jobs of a package follow each other with every adapter. */
export function describeTasks(open: OpenAdapter): void {
  describe('work on a published package', () => {
    it.each<JobTask>([
      { kind: 'rekey' },
      { kind: 'refresh-texts' },
      { kind: 'add-audio', storageKey: 'uploads/b.audio', language: 'fr', label: null },
    ])('is claimed with the served version: $kind', async (task) => {
      const { ledger, id, row, claim } = await openPublished(open);
      expect(await ledger.request(id, task)).toBe('requested');
      expect(await row()).toMatchObject({ status: 'queued', progress: 0, currentVersion: 1 });
      const job = await claim();
      expect(job).toMatchObject({
        packageId: id,
        task,
        versionNumber: 2,
        keys: [{ kidHex: 'kid-0' }],
        currentKeys: [{ kidHex: 'kid-0' }],
      });
      expect(job.current).toEqual(sampleVersion(1));
    });

    it('clears an earlier failure, and reports its own', async () => {
      const { ledger, queue, id, row, claim } = await openPublished(open);
      await ledger.request(id, { kind: 'rekey' });
      await queue.fail(await claim(), failure);
      expect(await row()).toMatchObject({ status: 'ready', errorCode: 'encode-failed', currentVersion: 1 });
      await ledger.request(id, { kind: 'rekey' });
      expect(await row()).toMatchObject({ status: 'queued', errorCode: null, errorMessage: null });
    });

    it('carries the text tracks that were uploaded for the video', async () => {
      const { ledger, videoId, claim } = await openPublished(open);
      const text = { language: 'de', label: 'Deutsch', role: 'caption' as const, storageKey: 'texts/a.vtt' };
      const added = await ledger.addText({ ...text, videoId });
      expect((await claim()).texts).toEqual([{ ...text, id: added?.id }]);
    });
  });

  describe('several jobs of a package', () => {
    it('run one after the other, each with the version that the previous one published', async () => {
      const { ledger, queue, id, row, claim, tasks } = await openPublished(open);
      await ledger.request(id, { kind: 'refresh-texts' });
      await ledger.request(id, { kind: 'rekey' });
      const first = await claim();
      expect(await queue.claim('b')).toBeNull();
      await ledger.publish(first, { version: sampleVersion(2) });
      expect(await queue.claim('b')).toBeNull();
      await queue.complete(first);
      expect(await row()).toMatchObject({ status: 'queued', stage: null });
      expect(await tasks()).toEqual(['rekey']);
      const second = await claim();
      expect(second).toMatchObject({ task: { kind: 'rekey' }, versionNumber: 3, current: sampleVersion(2) });
      await queue.complete(second);
      expect((await row()).status).toBe('ready');
      expect(await tasks()).toEqual([]);
    });

    it('do not hold up the jobs of other packages', async () => {
      const opened = await openPublished(open);
      const { ledger, queue, id, claim } = opened;
      for (const kind of ['rekey', 'refresh-texts'] as const) await ledger.request(id, { kind });
      const [other] = await addPackages(opened, opened.videoId, 1);
      await claim();
      expect((await claim()).packageId).toBe(other);
      expect(await queue.claim('b')).toBeNull();
    });

    it('leave the package processing when one more is requested', async () => {
      const { ledger, queue, id, row, claim } = await openPublished(open);
      await ledger.request(id, { kind: 'rekey' });
      await queue.report(await claim(), { stage: 'package', progress: 0.5 });
      await ledger.request(id, { kind: 'refresh-texts' });
      expect(await row()).toMatchObject({ status: 'processing', stage: 'package', progress: 0.5 });
    });

    it('go on after one that failed', async () => {
      const { ledger, queue, id, row, claim } = await openPublished(open);
      for (const kind of ['rekey', 'refresh-texts'] as const) await ledger.request(id, { kind });
      await queue.fail(await claim(), failure);
      expect(await row()).toMatchObject({ status: 'queued', currentVersion: 1 });
      expect((await claim()).task).toEqual({ kind: 'refresh-texts' });
    });
  });

  describe('the order of the jobs of a package', () => {
    it('is kept while the first waits for another try', async () => {
      const { ledger, queue, id, claim } = await openPublished(open);
      await ledger.request(id, { kind: 'rekey' }, { newKeys: [newKey] });
      await queue.postpone(await claim(), failure, 30);
      await ledger.request(id, { kind: 'refresh-texts' });
      expect(await queue.claim('b')).toBeNull();
      passSeconds(31);
      expect((await claim()).task.kind).toBe('rekey');
    });

    it('is kept whatever their priority', async () => {
      const { ledger, queue, id, claim } = await openPublished(open);
      await ledger.request(id, { kind: 'rekey' }, { newKeys: [newKey] });
      await queue.prioritize(id, -1);
      await ledger.request(id, { kind: 'refresh-texts' });
      expect((await claim()).task.kind).toBe('rekey');
    });
  });

  describe('an incomplete package', () => {
    const broken = { status: 'failed', errorCode: 'encode-failed', errorMessage: 'Export it again.' };

    /** A package whose fast lane is published; the tests then fail `first`, its ladder. */
    async function openBroken() {
      const { job: first, ...opened } = await openClaimed(open);
      await opened.ledger.publish(first, { version: sampleVersion(1) });
      return { ...opened, first };
    }

    it('is incomplete again after a change', async () => {
      const { ledger, queue, claim, first, id, row } = await openBroken();
      await queue.fail(first, failure);
      for (const kind of ['refresh-texts', 'rekey'] as const) await ledger.request(id, { kind });
      expect(await row()).toMatchObject({ status: 'queued', errorCode: null });
      const second = await claim();
      await ledger.publish(second, { version: sampleVersion(2), last: { removes: null } });
      await queue.complete(second);
      await queue.complete(await claim());
      expect(await row()).toMatchObject(broken);
    });

    it('is incomplete after a change that waited behind the failed job', async () => {
      const { ledger, queue, claim, first, id, row } = await openBroken();
      await ledger.request(id, { kind: 'refresh-texts' });
      await queue.fail(first, failure);
      expect((await row()).status).toBe('queued');
      await queue.complete(await claim());
      expect(await row()).toMatchObject(broken);
    });

    it('reports a change that failed, and can still be retried', async () => {
      const { ledger, queue, claim, first, id, row } = await openBroken();
      await queue.fail(first, failure);
      await ledger.request(id, { kind: 'rekey' }, { newKeys: [newKey] });
      await queue.fail(await claim(), { code: 'packager-failed', message: 'No.' });
      expect(await row()).toMatchObject({ status: 'failed', errorCode: 'packager-failed' });
    });

    it('is incomplete again when a change is canceled', async () => {
      const { ledger, queue, first, id, row } = await openBroken();
      await queue.fail(first, failure);
      await ledger.request(id, { kind: 'rekey' }, { newKeys: [newKey] });
      await queue.cancel(id);
      expect(await row()).toMatchObject(broken);
    });
  });

  describe('a job whose last version is published', () => {
    it('only has to be finished by the next attempt', async () => {
      const { ledger, queue, id, claim, row } = await openPublished(open);
      const task = { kind: 'add-audio', storageKey: 'uploads/b.m4a', language: 'de', label: null } as const;
      await ledger.request(id, task);
      const job = await claim();
      const download = { folder: 'download-2', sizeBytes: 1 };
      await ledger.publish(job, { version: sampleVersion(2), download, last: { removes: task.storageKey } });
      passSeconds(leaseSeconds);
      const second = await claim();
      expect(second.task).toEqual({
        kind: 'finish',
        version: 2,
        download: 'download-2',
        removes: 'uploads/b.m4a',
      });
      await queue.complete(second);
      expect(await row()).toMatchObject({ status: 'ready', currentVersion: 2 });
    });
  });
}
