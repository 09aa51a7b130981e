import { connect } from 'node:net';

/** Sends bytes as they are, and gives the whole answer; the server must end the connection, or `until` stand in it. */
export async function sendRaw(port: number, request: string | Buffer, until?: RegExp): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  let answer = '';
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('data', (piece) => {
    answer += piece.toString('latin1');
    if (until?.test(answer)) socket.destroy();
  });
  socket.write(request);
  await closed;
  return answer;
}
