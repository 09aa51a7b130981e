import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Sends a request with its body in pieces, a pause before each, and returns the raw answer. */
export async function sendSlowly(
  port: number,
  head: readonly string[],
  pieces: readonly Uint8Array[],
  pauseMs: number,
): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  const closed = once(socket, 'close');
  socket.write([...head, `Host: localhost:${port}`, 'Connection: close', '', ''].join('\r\n'));
  for (const piece of pieces) {
    await sleep(pauseMs);
    if (socket.writable) socket.write(piece);
  }
  await closed;
  return answer;
}
