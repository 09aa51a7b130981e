/** Disk space that is held for bytes still to come. */
export interface Hold {
  /** Uploads may hold only a share of the space, and give way to jobs that have waited. */
  kind: 'upload' | 'job';
  /** The client that an upload comes from: a user, or an address. */
  client: string;
  /** The most that is still to come. */
  leftBytes: number;
  receivedBytes: number;
  heldBytes: number;
  /** The end of the hold; infinite while its bytes are arriving. */
  endsAtMs: number;
}

/** The window of an upload before its first bytes: enough for a moment of a fast line. */
export const firstWindowBytes = 32 * 1024 * 1024;

/** The shares of the free space that all uploads, and those of one client, may hold. */
const uploadsShare = 0.5;
const clientShare = 0.25;

/**
 * The window of an upload: as much again as has arrived, since a client that only announces a large file may
 * never send it.
 */
export function windowBytes({ leftBytes, receivedBytes }: Pick<Hold, 'leftBytes' | 'receivedBytes'>): number {
  return Math.min(leftBytes, Math.max(firstWindowBytes, receivedBytes));
}

/** All holds, by the names of their owners. */
export class Holds {
  private readonly byOwner = new Map<string, Hold>();

  begin(owner: string, hold: Hold): void {
    this.byOwner.set(owner, hold);
  }

  get(owner: string): Hold | undefined {
    return this.byOwner.get(owner);
  }

  end(owner: string): void {
    this.byOwner.delete(owner);
  }

  /** The bytes that other owners hold; with `counts`, only of holds for which it is true. */
  bytesOfOthers(owner: string, nowMs: number, counts: (hold: Hold) => boolean = () => true): number {
    let total = 0;
    for (const [name, hold] of this.byOwner) {
      if (hold.endsAtMs <= nowMs) this.byOwner.delete(name);
      else if (name !== owner && counts(hold)) total += hold.heldBytes;
    }
    return total;
  }

  /** The uploads that a client has open, beside that of this owner. */
  otherUploadsOf(client: string, owner: string, nowMs: number): number {
    const others = [...this.byOwner].filter(([name, hold]) => name !== owner && hold.endsAtMs > nowMs);
    return others.filter(([, hold]) => hold.kind === 'upload' && hold.client === client).length;
  }

  /**
   * The part of its window that an upload may hold.
   * @param roomBytes the free space above the floor, including what is held
   */
  allowedBytes(owner: string, hold: Hold, roomBytes: number, nowMs: number): number {
    const of = (counts: (other: Hold) => boolean) => this.bytesOfOthers(owner, nowMs, counts);
    const ofUploads = of(({ kind }) => kind === 'upload');
    const ofClient = of(({ kind, client }) => kind === 'upload' && client === hold.client);
    const allowed = [
      windowBytes(hold),
      roomBytes - of(() => true),
      roomBytes * uploadsShare - ofUploads,
      roomBytes * clientShare - ofClient,
    ];
    return Math.max(0, Math.floor(Math.min(...allowed)));
  }
}
