import { describe, expect, it } from 'vitest';
import { maxAttempts } from '@/lib/jobs/retry-policy';
import type { OpenAdapter } from '../adapters';
import { addPackages, leaseSeconds, openClaimed, openWaiting, passSeconds } from '../samples';

const failure = { code: 'internal', message: 'It broke.' };

/** How often, and in which order, jobs are tried with every adapter. */
export function describeAttempts(open: OpenAdapter): void {
  describe('attempts', () => {
    it('after a transient fault wait, and are counted', async () => {
      const { queue, job, row } = await openClaimed(open);
      expect(await queue.postpone(job, failure, 60)).toBe(true);
      passSeconds(59);
      expect(await queue.claim('b')).toBeNull();
      expect(await row()).toMatchObject({ status: 'queued', stage: null, errorCode: 'internal' });
      passSeconds(2);
      expect(await queue.claim('b')).toMatchObject({ attempt: 2, failures: 1 });
    });

    it('that were given back are not counted', async () => {
      const { queue, claim } = await openWaiting(open);
      for (let attempt = 1; attempt <= maxAttempts + 2; attempt += 1) {
        const job = await claim();
        expect(job).toMatchObject({ attempt, failures: 0 });
        await queue.release(job);
      }
    });

    it.each<[string, (queue: ReturnType<OpenAdapter>['queue']) => unknown]>([
      ['whose lease ran out', () => passSeconds(leaseSeconds)],
      ['whose process died', (queue) => queue.releaseDead([])],
    ])('%s are limited to three; then the package fails with the reason', async (_, die) => {
      const { queue, row, tasks } = await openWaiting(open);
      for (const failures of [0, 1, 2]) {
        expect(await queue.claim('a')).toMatchObject({ failures });
        await die(queue);
      }
      expect(await queue.claim('a')).toBeNull();
      expect(await row()).toMatchObject({ status: 'failed', errorCode: 'attempts-exhausted' });
      expect(await tasks()).toEqual([]);
    });
  });

  describe('jobs of dead processes', () => {
    it('are freed; those of living processes and waiting ones stay as they are', async () => {
      const { queue, ids, row } = await openWaiting(open, 3);
      const dead = await queue.claim('dead');
      const living = await queue.claim('living');
      if (!living) throw new Error('There was no job to claim.');
      await queue.releaseDead(['living', 'another']);
      expect(await row(ids[0])).toMatchObject({ status: 'queued', stage: null });
      expect(await row(ids[1])).toMatchObject({ status: 'processing', stage: 'probe' });
      expect(await queue.heartbeat(living)).toBe(true);
      expect(await queue.claim('new')).toMatchObject({ id: dead?.id, attempt: 2, failures: 1 });
      expect(await queue.claim('new')).toMatchObject({ packageId: ids[2], attempt: 1 });
      expect(await queue.claim('new')).toBeNull();
    });

    it('belong to the process that claimed them last', async () => {
      const { queue } = await openWaiting(open);
      await queue.claim('first');
      passSeconds(leaseSeconds);
      const second = await queue.claim('second');
      await queue.releaseDead(['second']);
      expect(second && (await queue.heartbeat(second))).toBe(true);
      await queue.releaseDead(['first']);
      expect(await queue.claim('third')).toMatchObject({ attempt: 3, failures: 2 });
    });

    it('end when they were canceled', async () => {
      const { queue, id, row } = await openClaimed(open);
      await queue.cancel(id);
      await queue.releaseDead([]);
      expect(await queue.claim('b')).toBeNull();
      expect(await row()).toMatchObject({ status: 'canceled', errorCode: null });
    });

    it('that are done already leave their packages ready', async () => {
      const { queue, job, see } = await openClaimed(open);
      await queue.complete(job);
      const before = await see();
      await queue.releaseDead([]);
      expect(await see()).toEqual(before);
    });
  });

  describe('the order', () => {
    it('is by priority, then by age', async () => {
      const { queue, ids, claim } = await openWaiting(open, 4);
      const [first = 0, second = 0, third = 0, fourth = 0] = ids;
      expect(await queue.prioritize(fourth, 1)).toBe(true);
      expect(await queue.prioritize(first, -1)).toBe(true);
      const taken = [await claim(), await claim(), await claim(), await claim()];
      expect(taken.map(({ packageId }) => packageId)).toEqual([fourth, second, third, first]);
    });

    it('begins with the priority of the request', async () => {
      const opened = await openWaiting(open);
      const row = { videoId: opened.videoId, mediaId: 'urgent', scheme: 'cenc' as const };
      const keys = [{ label: 'all' as const, kidHex: 'kid', wrappedKey: 'wrapped' }];
      const urgent = await opened.ledger.addPackage(row, keys, 1);
      expect((await opened.claim()).packageId).toBe(urgent);
    });

    it('cannot be changed where there is no work', async () => {
      const { queue, id, job } = await openClaimed(open);
      await queue.complete(job);
      expect(await queue.prioritize(id, 1)).toBe(false);
      expect(await queue.prioritize(-1, 1)).toBe(false);
    });

    it('is reported for each waiting job', async () => {
      const { queue, ids, record } = await openWaiting(open, 4);
      await queue.claim('a');
      await queue.prioritize(ids[3] ?? 0, 1);
      const waiting = [];
      for (const id of ids) waiting.push((await record(id)).waiting);
      expect(waiting).toMatchObject([
        null as unknown as object,
        { ahead: 1, running: 1, priority: 0 },
        { ahead: 2, running: 1, priority: 0 },
        { ahead: 0, running: 1, priority: 1 },
      ]);
    });

    it('does not count jobs ahead that still wait for their next attempt', async () => {
      const opened = await openClaimed(open, 2);
      const { queue, ids, job, record } = opened;
      await queue.postpone(job, failure, 60);
      await addPackages(opened, opened.videoId, 1);
      expect((await record(ids[1])).waiting).toMatchObject({ ahead: 0, running: 0, failures: 0 });
      const { waiting } = await record(ids[0]);
      expect(waiting).toMatchObject({ failures: 1 });
      expect((waiting?.notBefore?.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);
    });
  });
}
