import { createWriteStream, fdatasync, type WriteStream } from 'node:fs';
import { Writable } from 'node:stream';

/** What may wait to be written while more comes. */
const behindBytes = 8 * 1024 * 1024;
/** After so much, what is written is sent on to the disk itself, so that little is left to wait for at the end. */
const syncBytes = 128 * 1024 * 1024;

/**
 * A stream into a new file. Who writes waits for the disk only when that is far behind; the stream has finished when all is
 * written.
 */
export function writeBehind(file: string): Writable {
  const target = createWriteStream(file);
  const syncer = syncBehind(target);
  let pendingBytes = 0;
  let goOn: (() => void) | null = null;
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      pendingBytes += chunk.length;
      target.write(chunk, () => {
        pendingBytes -= chunk.length;
        syncer.wrote(chunk.length);
        if (pendingBytes > behindBytes / 2) return;
        const next = goOn;
        goOn = null;
        next?.();
      });
      if (pendingBytes < behindBytes) done();
      else goOn = done;
    },
    // After a fault, `end` tells only that the file is closed.
    final: (done) =>
      syncer.whenIdle(() => target.end((error?: Error | null) => done(target.errored ?? error))),
    destroy(error, done) {
      syncer.whenIdle(() => target.destroy());
      done(error);
    },
  });
  target.on('error', (error) => stream.destroy(error));
  return stream;
}

/** Syncs an open file from time to time, once at a time. What that could not do, the sync of the whole file will tell. */
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
    /** Calls back when no sync is under way, and none begins after: the file may be closed. */
    whenIdle(callback: () => void): void {
      then = callback;
      if (!isSyncing) callback();
    },
  };
}
