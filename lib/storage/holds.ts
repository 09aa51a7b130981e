/** Room on the disk that something holds for bytes that have not come yet. */
export interface Hold {
  /** Uploads may hold a share of the room only, and give way to jobs that have waited. */
  kind: 'upload' | 'job';
  /** The client that an upload comes from. */
  address: string;
  /** What is still to come at most. */
  leftBytes: number;
  receivedBytes: number;
  heldBytes: number;
  /** Until when it counts; infinite while its bytes are coming. */
  endsAtMs: number;
}

/** What an upload holds before any of it has come: enough for a moment of a fast line. */
export const firstWindowBytes = 32 * 1024 * 1024;

/** Of the room that is free, all uploads may hold so much, and those of one address. */
const uploadsShare = 0.5;
const addressShare = 0.25;

/**
 * What an upload should hold: as much again as has come, for who only announces a large file has not shown that it
 * comes.
 */
export function windowBytes({ leftBytes, receivedBytes }: Pick<Hold, 'leftBytes' | 'receivedBytes'>): number {
  return Math.min(leftBytes, Math.max(firstWindowBytes, receivedBytes));
}

/** All that is held, by the names of its owners. */
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

  /** What others than this owner hold; with `counts`, only of those for which it is true. */
  bytesOfOthers(owner: string, nowMs: number, counts: (hold: Hold) => boolean = () => true): number {
    let total = 0;
    for (const [name, hold] of this.byOwner) {
      if (hold.endsAtMs <= nowMs) this.byOwner.delete(name);
      else if (name !== owner && counts(hold)) total += hold.heldBytes;
    }
    return total;
  }

  /**
   * What an upload may hold of its window.
   * @param roomBytes what is free above the floor, whoever holds it
   */
  allowedBytes(owner: string, hold: Hold, roomBytes: number, nowMs: number): number {
    const of = (counts: (other: Hold) => boolean) => this.bytesOfOthers(owner, nowMs, counts);
    const ofUploads = of(({ kind }) => kind === 'upload');
    const ofAddress = of(({ kind, address }) => kind === 'upload' && address === hold.address);
    const allowed = [
      windowBytes(hold),
      roomBytes - of(() => true),
      roomBytes * uploadsShare - ofUploads,
      roomBytes * addressShare - ofAddress,
    ];
    return Math.max(0, Math.floor(Math.min(...allowed)));
  }
}
