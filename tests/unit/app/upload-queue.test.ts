import { describe, expect, it, vi } from 'vitest';
import { secondsLeftOf, uploadTotals } from '@/app/_features/uploads/upload';
import { UploadQueue } from '@/app/_features/uploads/upload-queue';
import { ApiError } from '@/app/_lib/api-client';

interface UploadCallbacks {
  file: File;
  onSent: (bytes: number) => void;
  onLost: () => void;
  arrive: (video: { id: number }) => void;
  refuse: (error: Error) => void;
}

/** A queue over a server that answers when the test says so. */
function queueWithServer() {
  const sendings: UploadCallbacks[] = [];
  const requestPackage = vi.fn<(videoId: number, request: unknown) => Promise<unknown>>(
    async () => undefined,
  );
  let clockMs = 0;
  const queue = new UploadQueue({
    sendFile: (file, callbacks, signal) =>
      new Promise((arrive, refuse) => {
        signal.addEventListener('abort', () => refuse(new DOMException('stopped', 'AbortError')));
        sendings.push({ file, ...callbacks, arrive, refuse });
      }),
    requestPackage,
    nowMs: () => clockMs,
  });
  const sending = (index: number): UploadCallbacks => {
    const found = sendings[index];
    if (!found) throw new Error(`Nothing was sent as number ${index}.`);
    return found;
  };
  const pass = (ms: number) => {
    clockMs += ms;
  };
  return { queue, sendings, sending, requestPackage, pass };
}

const file = (name: string, size = 1000) => new File([new Uint8Array(size)], name);
const settle = () => new Promise((resolve) => setTimeout(resolve));
const request = { scheme: 'cenc' } as const;
const phases = (queue: UploadQueue) => queue.snapshot().uploads.map(({ phase }) => phase);

describe('the upload queue', () => {
  it('sends two at a time and lets the others wait', async () => {
    const { queue, sendings, sending } = queueWithServer();
    queue.add([file('a'), file('b'), file('c')], request);
    expect(phases(queue)).toEqual(['sending', 'sending', 'waiting']);
    sending(0).arrive({ id: 7 });
    await settle();
    expect(phases(queue)).toEqual(['sending', 'sending']);
    expect(sendings.map((one) => one.file.name)).toEqual(['a', 'b', 'c']);
  });

  it('requests a package of an uploaded video, removes the upload and counts the arrival', async () => {
    const { queue, sending, requestPackage } = queueWithServer();
    queue.add([file('a')], { scheme: 'cbcs' });
    sending(0).arrive({ id: 7 });
    await settle();
    expect(requestPackage).toHaveBeenCalledExactlyOnceWith(7, { scheme: 'cbcs' });
    expect(queue.snapshot()).toEqual({ uploads: [], arrivals: 1 });
  });

  it('reports speed and time left, at most four times a second', () => {
    const { queue, sending, pass } = queueWithServer();
    queue.add([file('a', 10_000)], request);
    const snapshots = [0, 100, 400, 600].map((ms, step) => {
      pass(ms);
      sending(0).onSent(step * 1000);
      return queue.snapshot().uploads[0]?.sentBytes;
    });
    expect(snapshots).toEqual([0, 0, 2000, 3000]);
    const [upload] = queue.snapshot().uploads;
    expect(upload?.bytesPerSecond).toBeCloseTo(2727, 0);
    expect(upload && secondsLeftOf(upload)).toBeCloseTo(2.57, 2);
    expect(uploadTotals(queue.snapshot().uploads)).toEqual({ running: 1, progress: 0.3 });
  });

  it('shows that the server checks a file that has been sent', () => {
    const { queue, sending } = queueWithServer();
    queue.add([file('a', 10)], request);
    sending(0).onSent(10);
    expect(phases(queue)).toEqual(['checking']);
  });

  it('shows a lost connection until bytes flow again, and measures the speed anew', () => {
    const { queue, sending, pass } = queueWithServer();
    queue.add([file('a', 10_000)], request);
    for (const bytes of [0, 4000]) {
      sending(0).onSent(bytes);
      pass(1000);
    }
    sending(0).onLost();
    expect(queue.snapshot().uploads[0]).toMatchObject({
      isLost: true,
      bytesPerSecond: null,
      sentBytes: 4000,
    });
    sending(0).onSent(2000);
    expect(queue.snapshot().uploads[0]).toMatchObject({
      isLost: false,
      bytesPerSecond: null,
      sentBytes: 2000,
    });
  });

  it('can lose the connection when all is sent, and then waits for the server again', () => {
    const { queue, sending } = queueWithServer();
    queue.add([file('a', 10)], request);
    sending(0).onSent(10);
    sending(0).onLost();
    expect(queue.snapshot().uploads[0]).toMatchObject({ phase: 'sending', isLost: true });
    sending(0).onSent(10);
    expect(queue.snapshot().uploads[0]).toMatchObject({ phase: 'checking', isLost: false });
  });

  it('keeps a refused file with the reason, starts the next one, and can retry', async () => {
    const { queue, sendings, sending } = queueWithServer();
    queue.add([file('a'), file('b'), file('c')], request);
    sending(0).refuse(new ApiError('This is not a video.', 422));
    await settle();
    expect(queue.snapshot().uploads[0]).toMatchObject({ phase: 'failed', failure: 'This is not a video.' });
    expect(sendings).toHaveLength(3);
    sending(1).arrive({ id: 8 });
    await settle();
    queue.retry(1);
    expect(phases(queue)).toEqual(['sending', 'sending']);
    expect(sendings).toHaveLength(4);
  });

  it('does not send a file again when only its package was refused', async () => {
    const { queue, sendings, sending, requestPackage } = queueWithServer();
    requestPackage.mockRejectedValueOnce(new ApiError('The disk is full.', 507));
    queue.add([file('a')], request);
    sending(0).arrive({ id: 7 });
    await settle();
    expect(queue.snapshot().uploads[0]).toMatchObject({ phase: 'failed', videoId: 7 });
    queue.retry(1);
    await settle();
    expect(sendings).toHaveLength(1);
    expect(queue.snapshot().uploads).toEqual([]);
  });

  it('removes a canceled upload', async () => {
    const { queue, sendings, requestPackage } = queueWithServer();
    queue.add([file('a'), file('b'), file('c')], request);
    queue.remove(1);
    await settle();
    expect(phases(queue)).toEqual(['sending', 'sending']);
    expect(sendings).toHaveLength(3);
    expect(requestPackage).not.toHaveBeenCalled();
  });
});
