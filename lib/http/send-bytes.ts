import type { ServerResponse } from 'node:http';
import { log } from '@/lib/base/log';
import type { OpenFile } from '@/lib/storage/artifact-store';

const pieceBytes = 256 * 1024;
/**
 * Buffers that were sent and can be reused: allocating one for each chunk would cost more than sending it.
 */
const free: Buffer[] = [];
const mostFree = 32;

/**
 * Waits until the answers before this one on its connection are finished, or the connection is closed.
 * Hundreds of requests may come in one packet, and each would otherwise hold an open file and memory from the
 * start.
 */
export async function waitForTurn(response: ServerResponse): Promise<void> {
  const connection = response.req.socket;
  if (response.socket || connection.destroyed) return;
  // All answers that wait on one connection listen for its end.
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
 * Ends an answer with bytes of a file, from `start` to `end`, both included, and closes the file; it sends
 * from one buffer. When the client leaves or the file becomes unreadable, the connection is closed before the
 * announced length: after the headers, there is no other way to report it.
 */
export async function sendBytes(
  response: ServerResponse,
  source: OpenFile,
  start: number,
  end: number,
): Promise<void> {
  // Not `response.destroyed`: a response that waits behind another on its connection is not notified when
  // that is closed.
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
    // Some of the buffer may still be in use.
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

/** Resolves when the buffer has been sent, or the connection is closed. */
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
