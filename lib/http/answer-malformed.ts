import { type Server, ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '@/lib/base/errors';
import { problemOf } from './problem';
import { filePolicy, securityHeaders, setSecurityHeaders } from './security-headers';

/**
 * Answers input that Node.js cannot read as a request, with problem+json like every other error, and ends the
 * connection.
 */
export function answerMalformed(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, connection) => {
    if (connection.writable && !isAnswering(connection)) endWithProblem(connection, errorFor(error.code));
    else connection.destroy();
  });
  server.on('connect', (_, connection) => endWithProblem(connection, unknownMethod()));
  // RFC 9110, 10.1.1: only `100-continue` is defined.
  server.on('checkExpectation', (_, response) => {
    setSecurityHeaders(response);
    response.writeHead(417).end();
  });
}

/**
 * Whether an answer has begun: another one would end up in the middle of it. Node.js checks its connections
 * in the same way.
 */
export function isAnswering(connection: Duplex): boolean {
  const current: unknown = Reflect.get(connection, '_httpMessage');
  return current instanceof ServerResponse && current.headersSent;
}

/** Writes a refusal directly to a connection that has no request to answer, and ends it. */
export function endWithProblem(connection: Duplex, error: AppError): void {
  const { status, headers, body } = problemOf(error);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...[...securityHeaders, ['Content-Security-Policy', filePolicy], ...Object.entries(headers)].map(
      ([name, value]) => `${name}: ${value}`,
    ),
    ...(status === 405 ? ['Allow: GET, HEAD'] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  connection.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => connection.destroy());
}

const unknownMethod = () =>
  new AppError('method-not-allowed', 'No address of this server allows this method.');

function errorFor(code = ''): AppError {
  switch (code) {
    case 'HPE_INVALID_METHOD':
      return unknownMethod();
    case 'HPE_HEADER_OVERFLOW':
      return new AppError('headers-too-large', 'The headers of the request are over 16 KiB.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new AppError('body-too-large', 'The chunk extensions of the body are over 16 KiB.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new AppError('body-too-slow', 'The headers of the request took too long to arrive. Try again.');
    default:
      return new AppError('request-malformed', 'This is not a valid HTTP/1.1 request (RFC 9112).');
  }
}
