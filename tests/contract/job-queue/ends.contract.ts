import { describe, expect, it } from 'vitest';
import { sampleVersion } from '@/tests/harness/sample-database';
import type { OpenAdapter } from '../adapters';
import { failure, openClaimed, passSeconds } from '../samples';

/** How work ends with every adapter. */
export function describeEnds(open: OpenAdapter): void {
  describe('the end of the work', () => {
    it('completed: the package is ready and the job gone', async () => {
      const { queue, job, row, tasks } = await openClaimed(open);
      await queue.report(job, { stage: 'publish', progress: 0.99 });
      expect(await queue.complete(job)).toBe(true);
      const now = await row();
      const clear = { stage: null, errorCode: null, errorMessage: null };
      expect(now).toMatchObject({ status: 'ready', progress: 1, ...clear });
      expect(Math.abs(Date.now() - (now.readyAt?.getTime() ?? 0))).toBeLessThan(60_000);
      expect(await tasks()).toEqual([]);
    });

    it('failed: the package says why and the job is gone', async () => {
      const { queue, job, row, tasks } = await openClaimed(open);
      await queue.report(job, { stage: 'encode', progress: 0.4 });
      expect(await queue.fail(job, failure)).toBe(true);
      const error = { errorCode: 'encode-failed', errorMessage: 'Export it again.' };
      const expected = { status: 'failed', stage: null, progress: 0.4, readyAt: null, ...error };
      expect(await row()).toMatchObject(expected);
      expect(await tasks()).toEqual([]);
    });

    it('failed after a version was published: it is still served', async () => {
      const { ledger, queue, job, row, folders } = await openClaimed(open);
      await ledger.publish(job, { version: sampleVersion(1) });
      await queue.fail(job, failure);
      expect(await row()).toMatchObject({ status: 'failed', currentVersion: 1 });
      expect(await folders()).toEqual(['v1']);
    });

    it('released: the package waits again and the job is free at once', async () => {
      const { queue, job, row } = await openClaimed(open);
      expect(await queue.release(job)).toBe(true);
      expect(await row()).toMatchObject({ status: 'queued', stage: null });
      expect(await queue.claim('b')).toMatchObject({ id: job.id, attempt: 2, failures: 0 });
    });

    it('the next attempt forgets the failure of the one before', async () => {
      const { queue, job, row, claim } = await openClaimed(open);
      await queue.postpone(job, failure, 5);
      expect(await row()).toMatchObject({ errorCode: 'encode-failed', errorMessage: 'Export it again.' });
      passSeconds(6);
      await claim();
      expect(await row()).toMatchObject({ errorCode: null, errorMessage: null });
    });
  });
}
