import { describe, expect, it } from 'vitest';
import type { PackagingJob } from '@/lib/jobs/queue';
import { sampleVersion } from '@/tests/harness/sample-database';
import { sampleProbe } from '@/tests/harness/sample-probe';
import type { Adapter, OpenAdapter } from '../adapters';
import { leaseSeconds, openClaimed, passSeconds } from '../samples';

type Opened = Awaited<ReturnType<typeof openClaimed>>;

const late = { code: 'internal', message: 'late' };
const download = { folder: 'download-late', sizeBytes: 1 };

const writes: Record<string, (adapter: Adapter, job: PackagingJob) => Promise<boolean>> = {
  heartbeat: ({ queue }, job) => queue.heartbeat(job),
  report: ({ queue }, job) => queue.report(job, { stage: 'verify', progress: 0.9 }),
  'publish a version': ({ ledger }, job) => ledger.publish(job, { version: sampleVersion(2) }),
  'publish a download': ({ ledger }, job) => ledger.publish(job, { download, last: { removes: null } }),
  recordProbe: ({ ledger }, job) => ledger.recordProbe(job, sampleProbe({ container: 'late' })),
  recordChecksums: ({ ledger }, job) =>
    ledger.recordChecksums(job, { version: { number: 1, files: { a: 'late' } }, downloadSha256: 'late' }),
  complete: ({ queue }, job) => queue.complete(job),
  fail: ({ queue }, job) => queue.fail(job, late),
  release: ({ queue }, job) => queue.release(job),
  postpone: ({ queue }, job) => queue.postpone(job, late, 5),
  endCanceled: ({ queue }, job) => queue.endCanceled(job),
};

/** How a claim is lost. */
const losses: Record<string, (opened: Opened) => Promise<unknown>> = {
  'another attempt has begun': ({ claim }) => {
    passSeconds(leaseSeconds);
    return claim();
  },
  'it was given back': ({ queue, job }) => queue.release(job),
  'it was put off': ({ queue, job }) => queue.postpone(job, { code: 'internal', message: '' }, 0),
  'its process was taken for dead': ({ queue }) => queue.releaseDead([]),
  'its work has ended': ({ queue, job }) => queue.complete(job),
  'its package was removed': ({ ledger, id }) => ledger.removePackage(id),
  'its video was removed': ({ ledger, videoId }) => ledger.removeVideo(videoId),
  'its work was canceled': ({ queue, id }) => queue.cancel(id),
  'its canceled work has ended': async ({ queue, id, job }) => {
    await queue.cancel(id);
    await queue.endCanceled(job);
  },
};

/** What a claim that was lost may still do with every adapter: nothing. */
export function describeFencing(open: OpenAdapter): void {
  it.each(Object.entries(losses))('a claim can write nothing after %s', async (loss, lose) => {
    const opened = await openClaimed(open, 2);
    await opened.ledger.publish(opened.job, { version: sampleVersion(1) });
    await lose(opened);
    const before = await opened.see();
    for (const [name, write] of Object.entries(writes)) {
      // Ending canceled work is what its worker is to do.
      if (loss === 'its work was canceled' && name === 'endCanceled') continue;
      expect(await write(opened, opened.job), name).toBe(false);
      expect(await opened.see(), name).toEqual(before);
    }
  });

  describe('a claim that took over', () => {
    it('keeps its own lease, whatever the claim before it writes', async () => {
      const { queue, job, claim } = await openClaimed(open);
      passSeconds(leaseSeconds);
      const second = await claim();
      passSeconds(20);
      await queue.heartbeat(job);
      passSeconds(11);
      expect(await queue.claim('c')).toMatchObject({ id: second.id, attempt: 3 });
    });

    it('writes while the claim before it cannot', async () => {
      const { ledger, queue, job, claim, row } = await openClaimed(open);
      passSeconds(leaseSeconds);
      const second = await claim();
      expect(await ledger.publish(job, { version: sampleVersion(1) })).toBe(false);
      expect(await ledger.publish(second, { version: sampleVersion(1) })).toBe(true);
      expect(await queue.fail(job, late)).toBe(false);
      expect(await queue.complete(second)).toBe(true);
      expect(await row()).toMatchObject({ status: 'ready', currentVersion: 1 });
    });
  });
}
