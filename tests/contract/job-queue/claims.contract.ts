import { describe, expect, it } from 'vitest';
import { sampleVersion } from '@/tests/harness/sample-database';
import { sampleProbe } from '@/tests/harness/sample-probe';
import type { OpenAdapter } from '../adapters';
import { leaseSeconds, openClaimed, openWaiting, passSeconds } from '../samples';

/** What claims, heartbeats and progress do with every adapter. */
export function describeClaims(open: OpenAdapter): void {
  describe('a claim', () => {
    it('carries all that a worker needs', async () => {
      const { queue, ids, row } = await openWaiting(open);
      const key = { label: 'all', kidHex: 'kid-0', wrappedKey: 'wrapped-0' };
      expect(await queue.claim('a')).toEqual({
        id: expect.any(Number),
        attempt: 1,
        failures: 0,
        packageId: ids[0],
        mediaId: (await row()).mediaId,
        task: { kind: 'package' },
        scheme: 'cbcs',
        keyMode: 'one',
        signalling: [],
        current: null,
        hasDownload: false,
        servedDownload: null,
        versionNumber: 1,
        source: { storageKey: 'uploads/a.mp4', name: 'a.mp4', probe: sampleProbe() },
        texts: [],
        keys: [key],
        currentKeys: [key],
      });
    });

    it('takes the oldest job first, each once', async () => {
      const { queue, ids } = await openWaiting(open, 3);
      const taken = [];
      for (const holder of ['a', 'b', 'a', 'b']) taken.push((await queue.claim(holder))?.packageId ?? null);
      expect(taken).toEqual([...ids, null]);
    });

    it('takes each job once, also where many are claimed at once', async () => {
      const { queue, ids } = await openWaiting(open, 5);
      const jobs = await Promise.all(Array.from({ length: 8 }, (_, i) => queue.claim(`worker-${i}`)));
      const taken = jobs.flatMap((job) => (job ? [job.packageId] : []));
      expect(taken.toSorted((a, b) => a - b)).toEqual(ids);
    });

    it('is null where no job waits', async () => {
      expect(await open().queue.claim('a')).toBeNull();
    });

    it('resets the stage and the progress of the package', async () => {
      const { queue, job, row, claim } = await openClaimed(open);
      await queue.report(job, { stage: 'verify', progress: 0.97 });
      passSeconds(leaseSeconds);
      await claim();
      expect(await row()).toMatchObject({ status: 'processing', stage: 'probe', progress: 0 });
    });

    it('leases the job for 30 s', async () => {
      const { queue } = await openClaimed(open);
      passSeconds(29);
      expect(await queue.claim('b')).toBeNull();
      passSeconds(2);
      expect(await queue.claim('b')).not.toBeNull();
    });

    it('takes a job again when its lease is over, as the next attempt', async () => {
      const { queue, job } = await openClaimed(open);
      passSeconds(leaseSeconds);
      expect(await queue.claim('b')).toEqual({ ...job, attempt: 2, failures: 1 });
      expect(await queue.claim('b')).toBeNull();
    });

    it('ends a canceled job whose worker died', async () => {
      const { queue, id, row, tasks } = await openClaimed(open);
      await queue.cancel(id);
      passSeconds(leaseSeconds);
      expect(await queue.claim('b')).toBeNull();
      expect(await row()).toMatchObject({ status: 'canceled', stage: null });
      expect(await tasks()).toEqual([]);
    });

    it('numbers the version after the served one', async () => {
      const { ledger, job, claim } = await openClaimed(open);
      await ledger.publish(job, { version: sampleVersion(1) });
      passSeconds(leaseSeconds);
      expect((await claim()).versionNumber).toBe(2);
    });

    it('names the served version and download, but not as a start for a package that is made anew', async () => {
      const { ledger, queue, id, job, claim } = await openClaimed(open);
      const download = { folder: 'download-1', sizeBytes: 1 };
      await ledger.publish(job, { version: sampleVersion(1), download });
      await queue.complete(job);
      await ledger.request(id, { kind: 'package' });
      const again = await claim();
      expect(again).toMatchObject({
        current: sampleVersion(1),
        hasDownload: true,
        servedDownload: 'download-1',
      });
      await queue.complete(again);
      await ledger.request(id, { kind: 'package', anew: true });
      expect(await claim()).toMatchObject({
        ...{ current: null, hasDownload: false, servedDownload: 'download-1', versionNumber: 2 },
      });
    });
  });

  describe('a heartbeat', () => {
    it('prolongs the lease to 30 s from now', async () => {
      const { queue, job } = await openClaimed(open);
      passSeconds(20);
      expect(await queue.heartbeat(job)).toBe(true);
      passSeconds(29);
      expect(await queue.claim('b')).toBeNull();
      passSeconds(2);
      expect(await queue.claim('b')).not.toBeNull();
    });

    it('renews a lease that is over, where no other worker has taken the job', async () => {
      const { queue, job } = await openClaimed(open);
      passSeconds(leaseSeconds);
      expect(await queue.heartbeat(job)).toBe(true);
      expect(await queue.claim('b')).toBeNull();
    });
  });

  describe('progress', () => {
    it('is stored with its stage, and never goes backwards', async () => {
      const { queue, job, row } = await openClaimed(open);
      const seen: unknown[] = [];
      for (const [stage, progress] of [
        ['copy', 0.3],
        ['copy', 0.1],
        ['package', 0.2],
        ['verify', 0.9],
      ] as const) {
        expect(await queue.report(job, { stage, progress })).toBe(true);
        const now = await row();
        seen.push([now.stage, now.progress]);
      }
      expect(seen).toEqual([
        ['copy', 0.3],
        ['copy', 0.3],
        ['package', 0.3],
        ['verify', 0.9],
      ]);
    });

    it('changes one package only', async () => {
      const { queue, ids, job, row } = await openClaimed(open, 2);
      await queue.report(job, { stage: 'copy', progress: 0.5 });
      expect(await row(ids[1])).toMatchObject({ status: 'queued', stage: null, progress: 0 });
    });
  });
}
