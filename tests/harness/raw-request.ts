import { connect } from 'node:net';

/** Sends raw bytes, and returns the answer until the server ends the connection or `until` matches it. */
export function sendRaw(port: number, request: string | Buffer, until?: RegExp): Promise<string> {
  return sendPieces(port, [request], until);
}

/** Sends raw bytes in pieces until there is an answer, and returns that as `sendRaw` does. */
export async function sendPieces(
  port: number,
  pieces: Iterable<string | Buffer>,
  until?: RegExp,
): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  let answer = '';
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('data', (piece) => {
    answer += piece.toString('latin1');
    if (until?.test(answer)) socket.destroy();
  });
  for (const piece of pieces) {
    if (socket.destroyed) break;
    if (!socket.write(piece))
      await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
  }
  await closed;
  return answer;
}
