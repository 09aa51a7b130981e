import { statfs } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { diskFull } from './disk-full';

/** Kept free below all uploads: for the database, and for packages at work. */
const floorBytes = 200 * 1024 * 1024;

/** The disk below a folder, as the next upload finds it. */
export interface Room {
  freeBytes: number;
  /** What other uploads have announced and not yet sent. */
  announcedBytes: number;
}

/** Whether a file of this size can be taken. */
export function hasRoomFor(sizeBytes: number, { freeBytes, announcedBytes }: Room): boolean {
  return freeBytes - announcedBytes - sizeBytes >= floorBytes;
}

interface Announcement {
  bytesLeft: number;
  /** Until when it counts; infinite while its bytes are coming. */
  endsAtMs: number;
}

/** What uploads have announced, by their names. */
export class Announcements {
  private readonly byOwner = new Map<string, Announcement>();

  begin(owner: string, bytes: number): void {
    this.byOwner.set(owner, { bytesLeft: bytes, endsAtMs: Number.POSITIVE_INFINITY });
  }

  /** Bytes that have come are on the disk, and counted there. */
  arrived(owner: string, bytes: number): void {
    const found = this.byOwner.get(owner);
    if (found) found.bytesLeft = Math.max(0, found.bytesLeft - bytes);
  }

  /** So many bytes at most are still to come. */
  lower(owner: string, bytesLeft: number): void {
    const found = this.byOwner.get(owner);
    if (found) found.bytesLeft = Math.max(0, Math.min(found.bytesLeft, bytesLeft));
  }

  /** Lets it end at a moment, unless the owner begins again before. */
  endAt(owner: string, endsAtMs: number): void {
    const found = this.byOwner.get(owner);
    if (found) found.endsAtMs = endsAtMs;
  }

  end(owner: string): void {
    this.byOwner.delete(owner);
  }

  /** What owners other than this one have still to send. */
  bytesOfOthers(owner: string, nowMs: number): number {
    let total = 0;
    for (const [name, { bytesLeft, endsAtMs }] of this.byOwner) {
      if (endsAtMs <= nowMs) this.byOwner.delete(name);
      else if (name !== owner) total += bytesLeft;
    }
    return total;
  }
}

// On globalThis, since Next.js bundles each route apart.
const key = Symbol.for('cenclave.announcements');
const shared = globalThis as { [key]?: Announcements };

function announcements(): Announcements {
  shared[key] ??= new Announcements();
  return shared[key];
}

/** The room that an upload has announced. */
export interface Reservation {
  arrived(bytes: number): void;
  /** So many bytes at most are still to come. */
  lower(bytesLeft: number): void;
  /** Keeps the room for a while, as the upload may go on in another request. */
  pause(forMs: number): void;
  /** Gives back what was not used. */
  end(): void;
}

/**
 * Reserves room on the disk of a folder before the bytes come. An upload that reserves again replaces what it had.
 * @throws AppError `disk-full`
 */
export async function reserveSpace(folder: string, owner: string, bytes: number): Promise<Reservation> {
  const { bavail, bsize } = await statfs(folder);
  // No await from here on: of two uploads at once, the second sees what the first has announced.
  const announcedBytes = announcements().bytesOfOthers(owner, Date.now());
  if (!hasRoomFor(bytes, { freeBytes: bavail * bsize, announcedBytes })) throw diskFull();
  announcements().begin(owner, bytes);
  return {
    arrived: (count) => announcements().arrived(owner, count),
    lower: (bytesLeft) => announcements().lower(owner, bytesLeft),
    pause: (forMs) => announcements().endAt(owner, Date.now() + forMs),
    end: () => endReservation(owner),
  };
}

const waitMilliseconds = 1000;

/**
 * The same for work that can wait: while there would be room without what others have announced, it waits for them, and
 * says so once by `onWait`.
 * @throws AppError `disk-full`; the signal's reason when aborted
 */
export async function reserveInTurn(
  folder: string,
  owner: string,
  bytes: number,
  signal: AbortSignal,
  onWait: () => Promise<void>,
): Promise<Reservation> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await reserveSpace(folder, owner, bytes);
    } catch (error) {
      const { bavail, bsize } = await statfs(folder);
      if (!hasRoomFor(bytes, { freeBytes: bavail * bsize, announcedBytes: 0 })) throw error;
      if (waits === 0) await onWait();
      await setTimeout(waitMilliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/** Ends the reservation of an upload by its name, if it has one. */
export function endReservation(owner: string): void {
  announcements().end(owner);
}
