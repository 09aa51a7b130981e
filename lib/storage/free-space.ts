import { statfs } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { diskFull } from './disk-full';
import { type Hold, Holds, windowBytes } from './holds';

/** Kept free below all uploads: for the database, and for packages at work. */
const floorBytes = 200 * 1024 * 1024;

/** The disk below a folder, as the next upload finds it. */
export interface Room {
  freeBytes: number;
  /** What others hold for bytes that have not come yet. */
  heldBytes: number;
}

/** Whether a file of this size can be taken. */
export function hasRoomFor(sizeBytes: number, { freeBytes, heldBytes }: Room): boolean {
  return freeBytes - heldBytes - sizeBytes >= floorBytes;
}

// On globalThis, since Next.js bundles each route apart.
const key = Symbol.for('cenclave.holds');
const shared = globalThis as { [key]?: Holds };

function holds(): Holds {
  shared[key] ??= new Holds();
  return shared[key];
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The room that an upload holds. */
export interface Reservation {
  arrived(bytes: number): void;
  /** Aborted with `disk-full` when there is no room for what is still to come. */
  full: AbortSignal;
  /** Keeps the room for a while, as the upload may go on in another request. */
  pause(forMs: number): void;
  /** Gives back what was not used. */
  end(): void;
}

export interface Announced {
  /** What is to come; a body in chunks announces nothing, and may be as long as it is allowed to. */
  bytes: number;
  isUnknown?: boolean;
  /** What of the same file has come before, in another request. */
  receivedBytes?: number;
  /** The address of the client. */
  from: string;
}

/** An upload of which nothing has come keeps its room for this long, however long it was promised. */
const emptyPauseMs = 60_000;

/** The disk is asked again when so much has come. */
const stepBytes = 4 * 1024 * 1024;

/**
 * Reserves room on the disk of a folder before the bytes of an upload come. All of them must fit beside what others hold;
 * held is a window of them, which grows as they come. An upload that reserves again replaces what it had.
 * @throws AppError `disk-full`
 */
export async function reserveSpace(
  folder: string,
  owner: string,
  announced: Announced,
): Promise<Reservation> {
  const { bytes, isUnknown = false, receivedBytes = 0, from } = announced;
  const freeBytes = await freeBytesOf(folder);
  // No await from here on: of two uploads at once, the second sees what the first holds.
  const now = Date.now();
  const heldBytes = holds().bytesOfOthers(owner, now);
  if (!hasRoomFor(isUnknown ? 0 : bytes, { freeBytes, heldBytes })) throw diskFull();
  const hold: Hold = {
    ...{ kind: 'upload', address: from, leftBytes: bytes, receivedBytes, heldBytes: 0 },
    endsAtMs: Number.POSITIVE_INFINITY,
  };
  hold.heldBytes = holds().allowedBytes(owner, hold, freeBytes - floorBytes, now);
  holds().begin(owner, hold);
  const full = new AbortController();
  return {
    full: full.signal,
    arrived: arrivals(folder, owner, hold, full),
    pause(forMs) {
      hold.endsAtMs = Date.now() + (hold.receivedBytes > 0 ? forMs : Math.min(forMs, emptyPauseMs));
    },
    // Not that of a later request of the same upload.
    end: () => holds().get(owner) === hold && holds().end(owner),
  };
}

/** Bytes that have come are on the disk, and counted there; the window goes on before them. */
function arrivals(folder: string, owner: string, hold: Hold, full: AbortController) {
  let sinceStep = 0;
  let isAsking = false;
  const askDisk = async () => {
    isAsking = true;
    const roomBytes = (await freeBytesOf(folder)) - floorBytes;
    isAsking = false;
    if (holds().get(owner) !== hold) return;
    const now = Date.now();
    hold.heldBytes = holds().allowedBytes(owner, hold, roomBytes, now);
    if (hold.leftBytes > 0 && roomBytes <= holds().bytesOfOthers(owner, now)) full.abort(diskFull());
  };
  return (count: number) => {
    hold.leftBytes = Math.max(0, hold.leftBytes - count);
    hold.heldBytes = Math.max(0, hold.heldBytes - count);
    hold.receivedBytes += count;
    sinceStep += count;
    if (isAsking || sinceStep < stepBytes || hold.heldBytes * 2 > windowBytes(hold)) return;
    sinceStep = 0;
    // A disk that cannot be asked will refuse the bytes itself.
    askDisk().catch(() => {});
  };
}

/** The room that a job holds. */
export interface JobReservation {
  /** So many bytes at most are still to come. */
  lower(bytesLeft: number): void;
  end(): void;
}

const waitMilliseconds = 1000;

/** A job waits so long for uploads; then they have to do with what it leaves. */
const patienceMs = 60_000;

/**
 * Reserves room for a job. While there would be room without what others hold, it waits for them, and says so once by
 * `onWait`: for other jobs until they end, for uploads a minute at most.
 * @throws AppError `disk-full`; the signal's reason when aborted
 */
export async function reserveInTurn(
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
    const heldBytes = holds().bytesOfOthers(owner, Date.now(), ({ kind }) => isPatient || kind === 'job');
    if (hasRoomFor(bytes, { freeBytes, heldBytes })) return holdForJob(owner, bytes);
    if (!hasRoomFor(bytes, { freeBytes, heldBytes: 0 })) throw diskFull();
    if (waits === 0) await onWait();
    await setTimeout(waitMilliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function holdForJob(owner: string, bytes: number): JobReservation {
  const hold: Hold = {
    ...{ kind: 'job', address: '', leftBytes: bytes, receivedBytes: 0, heldBytes: bytes },
    endsAtMs: Number.POSITIVE_INFINITY,
  };
  holds().begin(owner, hold);
  return {
    lower(bytesLeft) {
      hold.heldBytes = Math.max(0, Math.min(hold.heldBytes, bytesLeft));
    },
    end: () => holds().end(owner),
  };
}

/** Ends the reservation of an upload by its name, if it has one. */
export function endReservation(owner: string): void {
  holds().end(owner);
}
