import { createWriteStream, fdatasync, type WriteStream } from 'node:fs';
import { Writable } from 'node:stream';

/**
 * Incoming chunks are gathered into blocks: their own memory is free at once, and the disk gets fewer and
 * larger writes.
 */
const blockBytes = 256 * 1024;
/** Blocks that may wait to be written while more chunks arrive: for one file, and for all together. */
const maxBlocks = { ofFile: 32, ofAll: 128 };
/** The file is synced after this many bytes, so that little is left to sync at the end. */
const syncBytes = 128 * 1024 * 1024;

/** Writes the files of uploads; one for each process, since memory is bounded for all of them together. */
export class BlockWriter {
  private openFiles = 0;
  /** Written blocks, for reuse by any file. */
  private readonly free: Buffer[] = [];

  /**
   * A stream into a new file. A writer waits for the disk only when the disk is far behind; the stream
   * finishes when everything is written. After each block, other tasks of the event loop get a turn,
   * however fast chunks arrive.
   */
  open(file: string): Writable {
    this.openFiles += 1;
    const target = createWriteStream(file);
    const syncer = syncBehind(target);
    const blocks = this.blockWriter(target, syncer.wrote);
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (!blocks.add(chunk)) done();
        else if (blocks.waiting() < this.allowedBlocks()) setImmediate(done);
        else blocks.whenFewer(done);
      },
      // After an error, `end` reports only that the file is closed.
      final(done) {
        blocks.flush();
        syncer.whenIdle(() => target.end((error?: Error | null) => done(target.errored ?? error)));
      },
      destroy: (error, done) => {
        this.openFiles -= 1;
        syncer.whenIdle(() => target.destroy());
        done(error);
      },
    });
    target.on('error', (error) => stream.destroy(error));
    return stream;
  }

  private allowedBlocks(): number {
    return Math.min(maxBlocks.ofFile, maxBlocks.ofAll / this.openFiles);
  }

  /** Copies chunks into blocks and writes those. */
  private blockWriter(target: WriteStream, wrote: (bytes: number) => void) {
    const { free } = this;
    const allowed = () => this.allowedBlocks();
    let waiting = 0;
    let block: Buffer | null = null;
    let filledBytes = 0;
    let goOn: (() => void) | null = null;

    function flush(): void {
      const full = block;
      if (full === null) return;
      const bytes = filledBytes;
      [block, filledBytes] = [null, 0];
      waiting += 1;
      target.write(full.subarray(0, bytes), () => {
        waiting -= 1;
        if (free.length < maxBlocks.ofFile) free.push(full);
        wrote(bytes);
        if (waiting > allowed() / 2) return;
        const next = goOn;
        goOn = null;
        next?.();
      });
    }

    return {
      flush,
      /** The number of blocks that are not written yet. */
      waiting: () => waiting,
      /** Calls back once about half of the allowed blocks are written. */
      whenFewer(callback: () => void): void {
        goOn = callback;
      },
      /** Adds a chunk; returns whether it filled a block. */
      add(chunk: Buffer): boolean {
        const before = waiting;
        for (let at = 0; at < chunk.length; ) {
          block ??= free.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
          const copied = chunk.copy(block, filledBytes, at);
          at += copied;
          filledBytes += copied;
          if (filledBytes === blockBytes) flush();
        }
        return waiting > before;
      },
    };
  }
}

/**
 * Syncs an open file from time to time, one sync at a time. Errors are ignored: the final sync of the whole
 * file reports them.
 */
function syncBehind(target: WriteStream) {
  let fd: number | null = null;
  target.on('open', (opened) => (fd = opened));
  let unsyncedBytes = 0;
  let isSyncing = false;
  let then: (() => void) | null = null;
  return {
    wrote(bytes: number): void {
      unsyncedBytes += bytes;
      if (fd === null || isSyncing || then || unsyncedBytes < syncBytes) return;
      unsyncedBytes = 0;
      isSyncing = true;
      fdatasync(fd, () => {
        isSyncing = false;
        then?.();
      });
    },
    /** Calls back when no sync is running, and starts no other: the file may be closed. */
    whenIdle(callback: () => void): void {
      then = callback;
      if (!isSyncing) callback();
    },
  };
}
