import { expect, it, vi } from 'vitest';
import type { JobQueue } from '@/lib/jobs/queue';
import { doJob } from '@/lib/packaging/workflows/do-job';
import { openHolds } from '@/tests/harness/disk-holds';
import { meansOf } from '@/tests/harness/pipeline';
import { sampleContext } from '@/tests/harness/sample-context';
import { sampleJob } from '@/tests/harness/sample-job';
import { sampleProbe } from '@/tests/harness/sample-probe';
import { filesBelow } from '@/tests/harness/temp-folder';

it('does not begin a job that the disk has no room for', async () => {
  const context = sampleContext();
  const job = sampleJob({
    source: { storageKey: 'uploads/a.mp4', name: 'a.mp4', probe: sampleProbe({ sizeBytes: 2 ** 50 }) },
  });
  await expect(doJob(job, meansOf(context), new AbortController().signal)).rejects.toMatchObject({
    code: 'disk-full',
  });
  expect((await filesBelow(context.settings.STORAGE_DIR)).filter((file) => file.startsWith('work/'))).toEqual(
    [],
  );
});

it('reports that it waits for room that others hold', async () => {
  const context = { ...sampleContext(), reservations: openHolds('upload').reservations };
  const reported: unknown[] = [];
  const queue: JobQueue = { ...context.queue, report: async (_, at) => reported.push(at) > 0 };
  const stop = new AbortController();
  const done = doJob(sampleJob(), meansOf({ ...context, queue }), stop.signal);
  await vi.waitFor(() => expect(reported).toEqual([{ stage: 'reserve', progress: 0 }]));
  stop.abort(new Error('The server stops.'));
  await expect(done).rejects.toThrow('The server stops.');
});
