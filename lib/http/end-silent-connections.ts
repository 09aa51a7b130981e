import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@/lib/base/errors';
import { endWithProblem, isAnswering } from './answer-malformed';

export interface SilenceLimits {
  silenceMs: number;
  /** A body must bring this many bytes in each window: 1 KiB a second, with pauses. */
  windowMs: number;
  leastBytes: number;
}

const usual: SilenceLimits = { silenceMs: 120_000, windowMs: 120_000, leastBytes: 120 * 1024 };

/**
 * Ends the connection of a request whose body is incomplete once no byte has moved on it for a while: a phone
 * that leaves its network does not close the connection, and its upload would keep its reservation and its
 * files forever. A body slower than any real line is ended as well. An answer may take any time, and so may a
 * client that pauses while it reads one.
 */
export function endSilentConnection(
  request: IncomingMessage,
  response: ServerResponse,
  patience: SilenceLimits = usual,
): void {
  const { socket } = request;
  const { silenceMs } = patience;
  // The system checks whether clients that wait for an answer are still there.
  socket.setKeepAlive(true, silenceMs);
  socket.setTimeout(silenceMs);
  // Node.js notifies the request only while it is incomplete.
  request.on('timeout', () => {
    // Unread bytes have arrived: the server makes the client wait.
    if (request.readableLength > 0) socket.setTimeout(silenceMs);
    else socket.destroy();
  });
  // Without a listener, Node.js ends the connection itself.
  response.on('timeout', () => {});
  if (hasBody(request)) endWhenSlow(request, patience);
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function endWhenSlow(request: IncomingMessage, { windowMs, leastBytes }: SilenceLimits): void {
  const { socket } = request;
  let before = socket.bytesRead;
  let waited = false;
  const timer = setInterval(() => {
    const arrivedBytes = socket.bytesRead - before;
    before = socket.bytesRead;
    if (request.complete || socket.destroyed) return clearInterval(timer);
    // Bytes cannot arrive while the server does not read, and only few in the window in which it begins
    // again.
    const isWaiting = request.readableLength > 0 || request.isPaused();
    const isExcused = isWaiting || waited;
    waited = isWaiting;
    if (arrivedBytes >= leastBytes || isExcused) return;
    clearInterval(timer);
    if (isAnswering(socket)) socket.destroy();
    else endWithProblem(socket, tooSlow());
  }, windowMs).unref();
  request.once('close', () => clearInterval(timer));
}

const tooSlow = () =>
  new AppError('body-too-slow', 'The request was ended: its body arrived at less than 1 KiB/s. Try again.');
