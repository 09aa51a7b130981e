import { describe, expect, it, vi } from 'vitest';
import { uploadLocks } from '@/lib/uploads/upload-locks';

const never = new AbortController().signal;
const nothing = () => {};

describe('the lock of an upload', () => {
  it('is free for another upload', async () => {
    const locks = uploadLocks();
    await locks.newLock('a').lock(never, nothing);
    await locks.newLock('b').lock(never, nothing);
  });

  it('is requested from its holder, and given to one waiting request at a time', async () => {
    const locks = uploadLocks();
    const [first, second, third] = ['a', 'a', 'a'].map((id) => locks.newLock(id));
    const asked = vi.fn();
    await first?.lock(never, asked);
    const order: string[] = [];
    const waiting = [second?.lock(never, nothing), third?.lock(never, nothing)].map((lock, i) =>
      lock?.then(() => order.push(`${i}`)),
    );
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
    expect(order).toEqual([]);
    await first?.unlock();
    await waiting[0];
    expect(order).toEqual(['0']);
    await second?.unlock();
    await waiting[1];
    expect(order).toEqual(['0', '1']);
  });

  it('is not waited for by a request that has ended', async () => {
    const locks = uploadLocks();
    await locks.newLock('a').lock(never, nothing);
    const aborter = new AbortController();
    const waiting = locks.newLock('a').lock(aborter.signal, nothing);
    aborter.abort();
    await expect(waiting).rejects.toMatchObject({ status_code: 500 });
  });
});
