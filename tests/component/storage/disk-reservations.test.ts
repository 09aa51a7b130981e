import { statfs } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/base/errors';
import { DiskReservations, hasRoomFor } from '@/lib/storage/disk-reservations';
import { firstWindowBytes } from '@/lib/storage/holds';
import { holdAll, openHolds } from '@/tests/harness/disk-holds';
import { tempFolder } from '@/tests/harness/temp-folder';

const MiB = 1024 * 1024;

describe('a file has room', () => {
  it.each<[string, number, number, number, boolean]>([
    ['on an empty disk', 100, 1000, 0, true],
    ['up to the floor of 200 MiB', 800, 1000, 0, true],
    ['not a byte below it', 801, 1000, 0, false],
    ['beside what others hold', 500, 1000, 300, true],
    ['but not in their place', 501, 1000, 300, false],
    ['never where others hold more than there is', 0, 1000, 900, false],
    ['not on a disk below the floor', 0, 199, 0, false],
  ])('%s', (_, size, free, held, fits) => {
    expect(hasRoomFor(size * MiB, { freeBytes: free * MiB, heldBytes: held * MiB })).toBe(fits);
  });
});

/** The disk of the tests, and what is held on it. */
async function openDisk(held?: 'job' | 'upload') {
  const folder = tempFolder();
  const { bavail, bsize } = await statfs(folder);
  return { folder, ...openHolds(held), roomBytes: bavail * bsize - 200 * MiB };
}

const from = { name: '192.0.2.1' };
const { signal } = new AbortController();

describe('room on a real disk', () => {
  it('is refused for more bytes than any disk has', async () => {
    const refused = new DiskReservations().reserve(tempFolder(), 'a', { bytes: 2 ** 60, from });
    await expect(refused).rejects.toThrow(AppError);
    await expect(refused).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('is refused while others hold it, and given when that has ended', async () => {
    const { folder, reservations } = await openDisk('upload');
    await expect(reservations.reserve(folder, 'a', { bytes: MiB, from })).rejects.toMatchObject({
      code: 'disk-full',
    });
    reservations.end('others');
    (await reservations.reserve(folder, 'a', { bytes: MiB, from })).end();
  });

  it('stays for others where ten empty uploads announce all of it', async () => {
    const { folder, reservations, holds, roomBytes } = await openDisk();
    const bytes = Math.floor(roomBytes / 10);
    for (let i = 0; i < 10; i += 1)
      (await reservations.reserve(folder, `empty-${i}`, { bytes, from })).pause(600_000);
    expect(holds.bytesOfOthers('', Date.now())).toBeLessThanOrEqual(10 * firstWindowBytes);
    expect(holds.bytesOfOthers('', Date.now())).toBeLessThanOrEqual(roomBytes / 4);
    // Ten minutes were requested; an upload without a byte gets one.
    expect(holds.bytesOfOthers('', Date.now() + 61_000)).toBe(0);
    (
      await reservations.reserve(folder, 'another', {
        bytes: Math.floor(roomBytes / 2),
        from: { name: '192.0.2.2' },
      })
    ).end();
    const job = reservations.reserveInTurn(folder, 'job', Math.floor(roomBytes / 2), signal, async () => {
      throw new Error('The job waits.');
    });
    (await job).end();
  });

  it('is held in a window that grows with the received bytes', async () => {
    const { folder, reservations, holds } = await openDisk();
    const space = await reservations.reserve(folder, 'a', { bytes: 200 * MiB, from });
    expect(holds.get('a')?.heldBytes).toBe(firstWindowBytes);
    for (let came = 0; came < 100 * MiB; came += MiB) {
      space.arrived(MiB);
      await setTimeout(1);
    }
    await vi.waitFor(() => expect(holds.get('a')?.heldBytes).toBeGreaterThan(1.5 * firstWindowBytes));
    expect(holds.get('a')?.leftBytes).toBe(100 * MiB);
    space.pause(600_000);
    expect(holds.bytesOfOthers('', Date.now() + 599_000)).toBeGreaterThan(0);
    space.end();
    expect(holds.bytesOfOthers('', Date.now())).toBe(0);
  });

  it('that others hold meanwhile ends an upload that needs it', async () => {
    const { folder, reservations, holds } = await openDisk();
    const space = await reservations.reserve(folder, 'a', { bytes: 200 * MiB, from });
    holdAll(holds, 'job');
    for (let came = 0; came < 40 * MiB; came += MiB) space.arrived(MiB);
    await vi.waitFor(() => expect(space.full.aborted).toBe(true));
    expect(space.full.reason).toMatchObject({ code: 'disk-full' });
    space.end();
  });

  it('is held for a body of unknown length', async () => {
    const { folder, reservations, holds } = await openDisk();
    const space = await reservations.reserve(folder, 'a', { bytes: 2 ** 60, isUnknown: true, from });
    expect(holds.get('a')?.heldBytes).toBe(firstWindowBytes);
    space.end();
  });
});

describe('a job', () => {
  it('waits while other jobs hold the room that it needs, and then gets it', async () => {
    const { folder, reservations } = await openDisk('job');
    let isGiven = false;
    const onWait = vi.fn(async () => {});
    const waiting = reservations.reserveInTurn(folder, 'job', MiB, signal, onWait, 0).then((space) => {
      isGiven = true;
      return space;
    });
    await setTimeout(50);
    expect(isGiven).toBe(false);
    expect(onWait).toHaveBeenCalledOnce();
    reservations.end('others');
    (await waiting).end();
  });

  it('waits for uploads for a limited time', async () => {
    const { folder, reservations } = await openDisk('upload');
    const onWait = vi.fn(async () => {});
    const space = await reservations.reserveInTurn(folder, 'job', MiB, signal, onWait, 1500);
    expect(onWait).toHaveBeenCalledOnce();
    space.end();
  });

  it('holds less as its files are written to the disk', async () => {
    const { folder, reservations, holds } = await openDisk();
    const space = await reservations.reserveInTurn(folder, 'job', 3 * MiB, signal, async () => {});
    space.lower(2 * MiB);
    space.lower(5 * MiB);
    expect(holds.bytesOfOthers('', Date.now())).toBe(2 * MiB);
    space.end();
  });

  it('is refused room that no disk has, whether others hold any of it or not', async () => {
    const refused = new DiskReservations().reserveInTurn(
      tempFolder(),
      'job',
      2 ** 60,
      signal,
      async () => {},
    );
    await expect(refused).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('ends when it is aborted', async () => {
    const { folder, reservations } = await openDisk('job');
    const stop = new AbortController();
    const waiting = reservations.reserveInTurn(folder, 'job', MiB, stop.signal, async () => {});
    stop.abort(new Error('The server stops.'));
    await expect(waiting).rejects.toThrow('The server stops.');
  });
});

it('a client has no more uploads open than it may; one that reserves again replaces its own', async () => {
  const reservations = new DiskReservations();
  const folder = tempFolder();
  const few = { bytes: 1000, from: { name: 'user ann', mostUploads: 2 } };
  const first = await reservations.reserve(folder, 'a', few);
  await reservations.reserve(folder, 'b', few);
  await reservations.reserve(folder, 'b', few);
  await expect(reservations.reserve(folder, 'c', few)).rejects.toMatchObject({
    ...{ code: 'too-many-requests', retryAfterSeconds: 30 },
  });
  await reservations.reserve(folder, 'd', { ...few, from: { name: 'user bob', mostUploads: 2 } });
  first.end();
  await reservations.reserve(folder, 'c', few);
});
