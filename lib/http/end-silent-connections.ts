import type { IncomingMessage, ServerResponse } from 'node:http';

const silenceMilliseconds = 120_000;

/**
 * Ends the connection of a request whose body has not wholly come, once no byte has moved on it for a while: a phone that
 * leaves its network says no goodbye, and its upload would keep its room and its files for ever. What comes slowly may
 * take as long as it takes; so may an answer, and a client that pauses while it reads one.
 */
export function endWhenSilent(
  request: IncomingMessage,
  response: ServerResponse,
  afterMilliseconds = silenceMilliseconds,
): void {
  const { socket } = request;
  // The system asks clients that wait for an answer whether they are still there.
  socket.setKeepAlive(true, afterMilliseconds);
  socket.setTimeout(afterMilliseconds);
  // Node.js tells the request only while it has not come wholly.
  request.on('timeout', () => {
    // What has come and was not read: it is the server that makes the client wait.
    if (request.readableLength > 0) socket.setTimeout(afterMilliseconds);
    else socket.destroy();
  });
  // Node.js ends the connection itself where nobody listens.
  response.on('timeout', () => {});
}
