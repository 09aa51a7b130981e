import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import {
  Announcements,
  endReservation,
  hasRoomFor,
  reserveInTurn,
  reserveSpace,
} from '@/lib/storage/free-space';
import { tempFolder } from '@/tests/support/temp-folder';

const MiB = 1024 * 1024;

describe('a file has room', () => {
  it.each<[string, number, number, number, boolean]>([
    ['on an empty disk', 100, 1000, 0, true],
    ['up to the floor of 200 MiB', 800, 1000, 0, true],
    ['not a byte below it', 801, 1000, 0, false],
    ['beside what others have announced', 500, 1000, 300, true],
    ['but not in their place', 501, 1000, 300, false],
    ['never where others have announced more than there is', 0, 1000, 900, false],
    ['not on a disk below the floor', 0, 199, 0, false],
  ])('%s', (_, size, free, announced, fits) => {
    expect(hasRoomFor(size * MiB, { freeBytes: free * MiB, announcedBytes: announced * MiB })).toBe(fits);
  });
});

describe('what uploads have announced', () => {
  it('counts for all others, without the bytes that have come', () => {
    const announcements = new Announcements();
    announcements.begin('a', 100);
    announcements.begin('b', 10);
    announcements.arrived('a', 30);
    expect(announcements.bytesOfOthers('c', 0)).toBe(80);
    expect(announcements.bytesOfOthers('a', 0)).toBe(10);
    announcements.arrived('a', 1000);
    expect(announcements.bytesOfOthers('b', 0)).toBe(0);
  });

  it('counts once for an upload that begins again', () => {
    const announcements = new Announcements();
    announcements.begin('a', 100);
    announcements.begin('a', 70);
    expect(announcements.bytesOfOthers('', 0)).toBe(70);
  });

  it('ends at once, or when its time has come unless it begins again', () => {
    const announcements = new Announcements();
    for (const owner of ['a', 'b', 'c']) announcements.begin(owner, 100);
    announcements.end('a');
    announcements.endAt('b', 1000);
    announcements.endAt('c', 1000);
    announcements.begin('c', 50);
    expect(announcements.bytesOfOthers('', 999)).toBe(150);
    expect(announcements.bytesOfOthers('', 1000)).toBe(50);
  });

  it('is forgotten of uploads that nobody knows', () => {
    const announcements = new Announcements();
    announcements.arrived('a', 1);
    announcements.endAt('a', 1);
    announcements.end('a');
    expect(announcements.bytesOfOthers('', 0)).toBe(0);
  });
});

describe('room on a real disk', () => {
  it('is refused to what is larger than any disk', async () => {
    const refused = reserveSpace(tempFolder(), 'a', 2 ** 60);
    await expect(refused).rejects.toThrow(AppError);
    await expect(refused).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('is refused while another upload holds it, and given when that has ended', async () => {
    const folder = tempFolder();
    const small = MiB;
    const first = await reserveSpace(folder, 'first', small);
    // As if the first had announced more than any disk has.
    first.arrived(-(2 ** 60));
    await expect(reserveSpace(folder, 'second', small)).rejects.toMatchObject({ code: 'disk-full' });
    (await reserveSpace(folder, 'first', small)).end();
    (await reserveSpace(folder, 'second', small)).end();
    endReservation('second');
  });
});

describe('work that can wait', () => {
  const { signal } = new AbortController();

  it('waits while others hold the room that it needs, and then gets it', async () => {
    const folder = tempFolder();
    const upload = await reserveSpace(folder, 'upload', MiB);
    upload.arrived(-(2 ** 60));
    let isGiven = false;
    const onWait = vi.fn(async () => {});
    const waiting = reserveInTurn(folder, 'job', MiB, signal, onWait).then((space) => {
      isGiven = true;
      return space;
    });
    await setTimeout(50);
    expect(isGiven).toBe(false);
    expect(onWait).toHaveBeenCalledOnce();
    // What the other has on the disk is counted there, and not twice.
    upload.lower(MiB);
    (await waiting).end();
    upload.end();
  });

  it('is refused what no disk has, whether others hold any of it or not', async () => {
    const refused = reserveInTurn(tempFolder(), 'job', 2 ** 60, signal, async () => {});
    await expect(refused).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('ends when it is told to', async () => {
    const folder = tempFolder();
    const upload = await reserveSpace(folder, 'upload', MiB);
    upload.arrived(-(2 ** 60));
    const stop = new AbortController();
    const waiting = reserveInTurn(folder, 'job', MiB, stop.signal, async () => {});
    stop.abort(new Error('The server stops.'));
    await expect(waiting).rejects.toThrow('The server stops.');
    upload.end();
  });
});
