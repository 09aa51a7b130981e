import { describe, expect, it, vi } from 'vitest';
import { sampleVersion } from '@/tests/harness/sample-database';
import type { OpenAdapter } from '../adapters';
import { addPackages, newKey, openClaimed, openPublished, openWaiting } from '../samples';

/** How work is canceled with every adapter. */
export function describeCanceling(open: OpenAdapter): void {
  describe('canceling', () => {
    it('ends a waiting job at once', async () => {
      const { queue, id, row, tasks } = await openWaiting(open);
      expect(await queue.cancel(id)).toBe(true);
      expect(await row()).toMatchObject({ status: 'canceled', stage: null });
      expect(await tasks()).toEqual([]);
      expect(await queue.cancel(id)).toBe(false);
      expect(await queue.claim('a')).toBeNull();
    });

    it('is false for a package that does not exist', async () => {
      expect(await open().queue.cancel(1)).toBe(false);
    });

    it('stops every write of the worker on the job, and lets it end the job', async () => {
      const { ledger, queue, id, job, row, folders, tasks } = await openClaimed(open);
      expect(await queue.endCanceled(job)).toBe(false);
      await queue.cancel(id);
      expect(await row()).toMatchObject({ status: 'processing' });
      expect(await queue.heartbeat(job)).toBe(false);
      expect(await ledger.publish(job, { version: sampleVersion(1) })).toBe(false);
      expect(await queue.endCanceled(job)).toBe(true);
      expect(await row()).toMatchObject({ status: 'canceled' });
      expect(await folders()).toEqual([]);
      expect(await tasks()).toEqual([]);
    });

    it('a change leaves the package ready, and drops the new keys', async () => {
      const { ledger, queue, id, row, keys, tasks } = await openPublished(open);
      await ledger.request(id, { kind: 'rekey' }, { newKeys: [newKey] });
      expect(await keys()).toEqual(['kid-0 used', 'kid-new waiting']);
      await queue.cancel(id);
      expect(await row()).toMatchObject({ status: 'ready', currentVersion: 1 });
      expect(await keys()).toEqual(['kid-0 used']);
      expect(await tasks()).toEqual([]);
    });

    it('ends all jobs of a package, and no other', async () => {
      const opened = await openClaimed(open);
      const { ledger, queue, id, job, row } = opened;
      const [other] = await addPackages(opened, opened.videoId, 1);
      await ledger.request(id, { kind: 'refresh-texts' });
      await queue.cancel(id);
      await queue.endCanceled(job);
      expect(await row()).toMatchObject({ status: 'canceled' });
      expect(await queue.claim('a')).toMatchObject({ packageId: other });
      expect(await queue.claim('a')).toBeNull();
    });
  });

  describe('a worker that listens', () => {
    it('is called when work is canceled, until it stops listening', async () => {
      const { queue, ids } = await openClaimed(open, 2);
      const [first = 0, second = 0] = ids;
      await queue.claim('b');
      const listener = vi.fn();
      const stop = queue.onCancel(listener);
      await queue.cancel(first);
      await vi.waitFor(() => expect(listener).toHaveBeenCalled(), { timeout: 1000, interval: 10 });
      stop();
      listener.mockClear();
      await queue.cancel(second);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(listener).not.toHaveBeenCalled();
    });
  });
}
