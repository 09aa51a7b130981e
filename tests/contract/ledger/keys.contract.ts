import { describe, expect, it } from 'vitest';
import type { JobTask } from '@/lib/media/job-task';
import { sampleVersion } from '@/tests/harness/sample-database';
import type { OpenAdapter } from '../adapters';
import { failure, leaseSeconds, newKey, openPublished, passSeconds } from '../samples';

/** How keys come into use and end with every adapter. */
export function describeKeys(open: OpenAdapter): void {
  /** A published package whose next job has this task, which brings a new key. */
  async function openRekeyed(task: JobTask = { kind: 'rekey' }) {
    const opened = await openPublished(open);
    const rekey = (kidHex: string, task: JobTask) =>
      opened.ledger.request(opened.id, task, { newKeys: [{ ...newKey, kidHex }] });
    await rekey('kid-new', task);
    return { ...opened, rekey, job: await opened.claim() };
  }

  describe('new keys', () => {
    it('wait, and encrypt the next version', async () => {
      const { job, keys } = await openRekeyed();
      expect(job).toMatchObject({ keys: [newKey], currentKeys: [{ kidHex: 'kid-0' }] });
      expect(job.keys).toHaveLength(1);
      expect(await keys()).toEqual(['kid-0 used', 'kid-new waiting']);
    });

    it('are used once their version is published; viewers of the older version keep theirs', async () => {
      const { ledger, queue, rekey, job, keys, claim } = await openRekeyed();
      await ledger.publish(job, { version: sampleVersion(2) });
      await queue.complete(job);
      expect(await keys()).toEqual(['kid-0 older', 'kid-new used']);
      await rekey('kid-newer', { kind: 'rekey' });
      await ledger.publish(await claim(), { version: sampleVersion(3) });
      expect(await keys()).toEqual(['kid-0 older', 'kid-new older', 'kid-newer used']);
    });

    it('that revoke older keys retire these and their versions when they are published', async () => {
      const { ledger, queue, rekey, job, claim, keys, record, row, folders } = await openRekeyed();
      await ledger.publish(job, { version: sampleVersion(2) });
      await queue.complete(job);
      await rekey('kid-newer', { kind: 'rekey', revoke: true });
      const revoking = await claim();
      expect(await keys()).toEqual(['kid-0 older', 'kid-new used', 'kid-newer waiting']);
      expect(await folders()).toEqual(['v1', 'v2']);
      await ledger.publish(revoking, { version: sampleVersion(3) });
      expect(await keys()).toEqual(['kid-0 retired', 'kid-new retired', 'kid-newer used']);
      expect((await record()).keys.map(({ wrappedKey }) => wrappedKey)).toEqual(['', '', 'wrapped-new']);
      expect(await folders()).toEqual(['v3']);
      await queue.complete(revoking);
      expect(await row()).toMatchObject({ status: 'ready', currentVersion: 3 });
    });

    it('that revoke older keys leave these when no version was published', async () => {
      const { queue, job, keys, folders } = await openRekeyed({ kind: 'rekey', revoke: true });
      await queue.fail(job, failure);
      expect(await keys()).toEqual(['kid-0 used']);
      expect(await folders()).toEqual(['v1']);
    });

    it('are dropped when no version was published', async () => {
      const { queue, job, keys } = await openRekeyed();
      await queue.fail(job, failure);
      expect(await keys()).toEqual(['kid-0 used']);
    });

    it('keep waiting when the job is released or its worker dies', async () => {
      const { queue, job, keys, claim } = await openRekeyed();
      await queue.release(job);
      await claim();
      passSeconds(leaseSeconds);
      expect(await claim()).toMatchObject({ attempt: 3, keys: [newKey] });
      expect(await keys()).toEqual(['kid-0 used', 'kid-new waiting']);
    });

    it('are not changed by a worker that lost its claim', async () => {
      const { ledger, queue, job, keys, claim } = await openRekeyed();
      passSeconds(leaseSeconds);
      await claim();
      expect(await queue.fail(job, failure)).toBe(false);
      expect(await ledger.publish(job, { version: sampleVersion(2) })).toBe(false);
      expect(await keys()).toEqual(['kid-0 used', 'kid-new waiting']);
    });
  });

  describe('jobs of other kinds leave new keys alone', () => {
    async function openBehindRefresh() {
      const opened = await openPublished(open);
      await opened.ledger.request(opened.id, { kind: 'refresh-texts' });
      await opened.ledger.request(opened.id, { kind: 'rekey' }, { newKeys: [newKey] });
      return { ...opened, job: await opened.claim() };
    }

    it('text tracks go into a version with the keys in use', async () => {
      const { ledger, queue, job, keys, claim } = await openBehindRefresh();
      expect(job).toMatchObject({ task: { kind: 'refresh-texts' }, keys: [{ kidHex: 'kid-0' }] });
      await ledger.publish(job, { version: sampleVersion(2) });
      await queue.complete(job);
      expect(await keys()).toEqual(['kid-0 used', 'kid-new waiting']);
      expect(await claim()).toMatchObject({ task: { kind: 'rekey' }, keys: [newKey] });
    });

    it('text tracks that fail leave the new keys', async () => {
      const { queue, job, claim } = await openBehindRefresh();
      await queue.fail(job, failure);
      expect((await claim()).keys).toMatchObject([newKey]);
    });

    it('canceling all jobs drops the new keys', async () => {
      const { queue, job, id, keys } = await openBehindRefresh();
      await queue.cancel(id);
      expect(await queue.endCanceled(job)).toBe(true);
      expect(await keys()).toEqual(['kid-0 used']);
    });
  });

  describe('older keys are retired with the last version that uses them', () => {
    it.each([
      [[], ['kid-0 older', 'kid-1 older', 'kid-2 used']],
      [[1], ['kid-0 older', 'kid-1 older', 'kid-2 used']],
      [
        [1, 2],
        ['kid-0 retired', 'kid-1 older', 'kid-2 used'],
      ],
      [
        [1, 2, 3],
        ['kid-0 retired', 'kid-1 retired', 'kid-2 used'],
      ],
    ])('once %j are gone', async (gone, expected) => {
      const { ledger, queue, id, claim, keys } = await openPublished(open);
      const publishNext = async (number: number, task: JobTask, kidHex?: string) => {
        await ledger.request(id, task, { newKeys: kidHex ? [{ ...newKey, kidHex }] : [] });
        const job = await claim();
        await ledger.publish(job, { version: sampleVersion(number) });
        await queue.complete(job);
      };
      await publishNext(2, { kind: 'refresh-texts' });
      await publishNext(3, { kind: 'rekey' }, 'kid-1');
      await publishNext(4, { kind: 'rekey' }, 'kid-2');
      const folders = gone.map((number) => `v${number}`);
      for (const old of await ledger.supersededVersions(new Date(Date.now() + 60_000)))
        if (folders.includes(old.folder)) await ledger.removeVersion(old.id);
      await ledger.retireKeys();
      expect(await keys()).toEqual(expected);
      const kept = (await ledger.everything()).keys.map(({ kidHex }) => kidHex);
      expect(kept).toEqual(
        expected.filter((key) => !key.endsWith('retired')).map((key) => key.split(' ')[0]),
      );
    });
  });
}
