import type { ServerResponse } from 'node:http';
import { log } from '@/lib/log';
import type { OpenFile } from '@/lib/storage/store';

const pieceBytes = 256 * 1024;
/** Memory that was sent from and can be used again: new memory for each piece would cost more than the sending. */
const free: Buffer[] = [];
const mostFree = 32;

/**
 * Waits until the answers before this one on its connection are over, or the connection is gone. Hundreds of requests
 * come in one packet, and each would hold an open file and memory from then on.
 */
export async function waitForTurn(response: ServerResponse): Promise<void> {
  const connection = response.req.socket;
  if (response.socket || connection.destroyed) return;
  // All that wait on one connection listen to its end.
  connection.setMaxListeners(0);
  await new Promise<void>((resolve) => {
    const go = () => {
      connection.off('close', go);
      resolve();
    };
    connection.once('close', go);
    response.once('socket', go);
  });
}

/**
 * Ends an answer with bytes of a file, from `start` to `end`, both included, and closes the file; one piece of memory
 * holds what is on its way. A client that went away, and a file that cannot be read any more, both end the connection
 * before its length: all that can be told by then.
 */
export async function sendBytes(
  response: ServerResponse,
  source: OpenFile,
  start: number,
  end: number,
): Promise<void> {
  // Not `response.destroyed`: a response that waits behind another on its connection never hears that this is gone.
  const connection = response.req.socket;
  const memory = free.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
  let at = start;
  while (at <= end && !connection.destroyed) {
    const sizeBytes = await source.readInto(memory.subarray(0, end - at + 1), at).catch(unread);
    if (sizeBytes === 0) break;
    await write(response, memory.subarray(0, sizeBytes));
    at += sizeBytes;
  }
  await source.close();
  if (connection.destroyed || at <= end) {
    // Some of the memory may still be on its way.
    connection.destroy();
    return;
  }
  response.end();
  if (free.length < mostFree) free.push(memory);
}

function unread(error: unknown): number {
  log().error({ err: error }, 'A file could not be read on to its end');
  return 0;
}

/** Returns when the bytes have left the memory, or the connection is gone. */
function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const { socket } = response.req;
    socket.once('close', resolve);
    response.write(bytes, () => {
      socket.off('close', resolve);
      resolve();
    });
  });
}
