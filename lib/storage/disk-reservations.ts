import { statfs } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { AppError } from '@/lib/base/errors';
import { diskFull } from './disk-full';
import { type Hold, Holds, windowBytes } from './holds';

/** Kept free under all uploads: for the database, and for running jobs. */
const floorBytes = 200 * 1024 * 1024;

/** The state of the disk under a folder, as the next upload finds it. */
export interface Room {
  freeBytes: number;
  /** The space that others hold for bytes still to come. */
  heldBytes: number;
}

/** Whether a file of this size fits. */
export function hasRoomFor(sizeBytes: number, { freeBytes, heldBytes }: Room): boolean {
  return freeBytes - heldBytes - sizeBytes >= floorBytes;
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The disk space that an upload holds. */
export interface Reservation {
  arrived(bytes: number): void;
  /** Aborted with `disk-full` when there is no space for the remaining bytes. */
  full: AbortSignal;
  /** Keeps the space for a while, since the upload may continue in another request. */
  pause(forMs: number): void;
  /** Releases the unused space. */
  end(): void;
}

export interface Announced {
  /** The announced bytes; a chunked body announces none, and may have the maximum size. */
  bytes: number;
  isUnknown?: boolean;
  /** Bytes of the same file that earlier requests have brought. */
  receivedBytes?: number;
  /** Who sends it. */
  from: Client;
}

/** Who sends uploads: a user, or an address where nobody is known. */
export interface Client {
  name: string;
  /** How many uploads it may have open; without it, any number. */
  mostUploads?: number;
}

/** An upload without any bytes yet keeps its space at most this long. */
const emptyPauseMs = 60_000;

/** Free space is checked again each time this much has arrived. */
const stepBytes = 4 * 1024 * 1024;

/** The disk space that a job holds. */
export interface JobReservation {
  /** Lowers the reservation to the bytes still to come. */
  lower(bytesLeft: number): void;
  end(): void;
}

const waitMilliseconds = 1000;

/** How long a job waits for uploads; after that, they get by with what it leaves. */
const patienceMs = 60_000;

/** The disk space that the uploads and jobs of this process hold for bytes still to come. */
export class DiskReservations {
  constructor(private readonly holds = new Holds()) {}

  /**
   * Reserves space on the disk of a folder before the bytes of an upload arrive. All of them must fit
   * beside what others hold; only a window of them is held, which grows as they arrive. An upload that
   * reserves again replaces its reservation.
   * @throws AppError `disk-full`, `too-many-requests`
   */
  async reserve(folder: string, owner: string, announced: Announced): Promise<Reservation> {
    const { bytes, isUnknown = false, receivedBytes = 0, from } = announced;
    const freeBytes = await freeBytesOf(folder);
    // No await from here on: of two concurrent uploads, the second sees what the first holds.
    const now = Date.now();
    if (this.holds.otherUploadsOf(from.name, owner, now) >= (from.mostUploads ?? Number.POSITIVE_INFINITY))
      throw tooManyUploads(from.mostUploads);
    const heldBytes = this.holds.bytesOfOthers(owner, now);
    if (!hasRoomFor(isUnknown ? 0 : bytes, { freeBytes, heldBytes })) throw diskFull();
    const hold: Hold = {
      ...{ kind: 'upload', client: from.name, leftBytes: bytes, receivedBytes, heldBytes: 0 },
      endsAtMs: Number.POSITIVE_INFINITY,
    };
    hold.heldBytes = this.holds.allowedBytes(owner, hold, freeBytes - floorBytes, now);
    this.holds.begin(owner, hold);
    const full = new AbortController();
    return {
      full: full.signal,
      arrived: this.arrivals(folder, owner, hold, full),
      pause(forMs) {
        hold.endsAtMs = Date.now() + (hold.receivedBytes > 0 ? forMs : Math.min(forMs, emptyPauseMs));
      },
      // Not the reservation of a later request of the same upload.
      end: () => this.holds.get(owner) === hold && this.holds.end(owner),
    };
  }

  /**
   * Reserves space for a job. While there would be space without what others hold, it waits for them, and
   * reports that once by `onWait`: for other jobs until they end, for uploads a minute at most.
   * @throws AppError `disk-full`; the signal's reason when aborted
   */
  async reserveInTurn(
    folder: string,
    owner: string,
    bytes: number,
    signal: AbortSignal,
    onWait: () => Promise<void>,
    patience = patienceMs,
  ): Promise<JobReservation> {
    const sinceMs = Date.now();
    for (let waits = 0; ; waits += 1) {
      const freeBytes = await freeBytesOf(folder);
      const isPatient = Date.now() - sinceMs < patience;
      const heldBytes = this.holds.bytesOfOthers(
        owner,
        Date.now(),
        ({ kind }) => isPatient || kind === 'job',
      );
      if (hasRoomFor(bytes, { freeBytes, heldBytes })) return this.holdForJob(owner, bytes);
      if (!hasRoomFor(bytes, { freeBytes, heldBytes: 0 })) throw diskFull();
      if (waits === 0) await onWait();
      await setTimeout(waitMilliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  /** Ends the reservation of an upload by its name, if it has one. */
  end(owner: string): void {
    this.holds.end(owner);
  }

  /** The bytes that all hold at a time. */
  heldBytes(atMs = Date.now()): number {
    return this.holds.bytesOfOthers('', atMs);
  }

  /** Moves the window ahead of the arrived bytes, which are on the disk and counted there. */
  private arrivals(folder: string, owner: string, hold: Hold, full: AbortController) {
    let sinceStep = 0;
    let isChecking = false;
    const checkDisk = async () => {
      isChecking = true;
      const roomBytes = (await freeBytesOf(folder)) - floorBytes;
      isChecking = false;
      if (this.holds.get(owner) !== hold) return;
      const now = Date.now();
      hold.heldBytes = this.holds.allowedBytes(owner, hold, roomBytes, now);
      if (hold.leftBytes > 0 && roomBytes <= this.holds.bytesOfOthers(owner, now)) full.abort(diskFull());
    };
    return (count: number) => {
      hold.leftBytes = Math.max(0, hold.leftBytes - count);
      hold.heldBytes = Math.max(0, hold.heldBytes - count);
      hold.receivedBytes += count;
      sinceStep += count;
      if (isChecking || sinceStep < stepBytes || hold.heldBytes * 2 > windowBytes(hold)) return;
      sinceStep = 0;
      // If the check fails, the disk itself will refuse the bytes.
      checkDisk().catch(() => {});
    };
  }

  private holdForJob(owner: string, bytes: number): JobReservation {
    const hold: Hold = {
      ...{ kind: 'job', client: '', leftBytes: bytes, receivedBytes: 0, heldBytes: bytes },
      endsAtMs: Number.POSITIVE_INFINITY,
    };
    this.holds.begin(owner, hold);
    return {
      lower(bytesLeft) {
        hold.heldBytes = Math.max(0, Math.min(hold.heldBytes, bytesLeft));
      },
      end: () => this.holds.end(owner),
    };
  }
}

const tooManyUploads = (most = 0) =>
  new AppError('too-many-requests', `You have ${most} uploads open. Finish or end one of them first.`, {
    retryAfterSeconds: 30,
  });
