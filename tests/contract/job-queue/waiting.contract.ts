import { expect, it } from 'vitest';
import type { OpenAdapter } from '../adapters';
import { addPackages, openPublished, sampleUpload } from '../samples';

type Opened = Awaited<ReturnType<typeof openPublished>>;

const text = { language: 'de', label: 'Deutsch', role: 'subtitle' as const, storageKey: 'texts/a.vtt' };

const requests: [string, (opened: Opened) => Promise<unknown>][] = [
  ['a new package', (opened) => addPackages(opened, opened.videoId, 1)],
  ['requested work', ({ ledger, id }) => ledger.request(id, { kind: 'rekey' })],
  ['a new text track', ({ ledger, videoId }) => ledger.addText({ ...text, videoId })],
];

/** How idle workers wait with every adapter. */
export function describeWaiting(open: OpenAdapter): void {
  it.each(requests)('%s wakes idle workers', async (_, request) => {
    const opened = await openPublished(open);
    const begun = performance.now();
    const waiting = Promise.all([opened.queue.waitForWork(10_000), opened.queue.waitForWork(10_000)]);
    await request(opened);
    await waiting;
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(await opened.queue.claim('a')).not.toBeNull();
  });

  it('an idle worker waits no longer than it wants to', async () => {
    const { ledger, queue } = open();
    await ledger.addVideo(sampleUpload()); // which is no work
    const begun = performance.now();
    await queue.waitForWork(50);
    expect(performance.now() - begun).toBeGreaterThan(45);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
}
