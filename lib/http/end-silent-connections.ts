import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@/lib/errors';
import { endWithProblem, isAnswering } from './answer-malformed';

export interface Patience {
  silenceMs: number;
  /** A body brings at least so much in each such time: 1 KiB a second, with pauses. */
  windowMs: number;
  leastBytes: number;
}

const usual: Patience = { silenceMs: 120_000, windowMs: 120_000, leastBytes: 120 * 1024 };

/**
 * Ends the connection of a request whose body has not wholly come, once no byte has moved on it for a while: a phone that
 * leaves its network says no goodbye, and its upload would keep its room and its files for ever. So would one that drips:
 * what is slower than any line that people use is ended as well. An answer may take as long as it takes, and so may a
 * client that pauses while it reads one.
 */
export function endWhenSilent(
  request: IncomingMessage,
  response: ServerResponse,
  patience: Patience = usual,
): void {
  const { socket } = request;
  const { silenceMs } = patience;
  // The system asks clients that wait for an answer whether they are still there.
  socket.setKeepAlive(true, silenceMs);
  socket.setTimeout(silenceMs);
  // Node.js tells the request only while it has not come wholly.
  request.on('timeout', () => {
    // What has come and was not read: it is the server that makes the client wait.
    if (request.readableLength > 0) socket.setTimeout(silenceMs);
    else socket.destroy();
  });
  // Node.js ends the connection itself where nobody listens.
  response.on('timeout', () => {});
  if (hasBody(request)) endWhenSlow(request, patience);
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function endWhenSlow(request: IncomingMessage, { windowMs, leastBytes }: Patience): void {
  const { socket } = request;
  let before = socket.bytesRead;
  let waited = false;
  const timer = setInterval(() => {
    const cameBytes = socket.bytesRead - before;
    before = socket.bytesRead;
    if (request.complete || socket.destroyed) return clearInterval(timer);
    // What is not read cannot come; in the time in which the server begins to read again, little may.
    const isWaiting = request.readableLength > 0 || request.isPaused();
    const isExcused = isWaiting || waited;
    waited = isWaiting;
    if (cameBytes >= leastBytes || isExcused) return;
    clearInterval(timer);
    if (isAnswering(socket)) socket.destroy();
    else endWithProblem(socket, tooSlow());
  }, windowMs).unref();
  request.once('close', () => clearInterval(timer));
}

const tooSlow = () =>
  new AppError('body-too-slow', 'The body came at less than 1 KiB a second, and was given up. Try again.');
