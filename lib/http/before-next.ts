import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { problemResponse } from './problem';

/** The parts of a request without a body that answers need. */
export interface RequestHead {
  method: string;
  headers: Pick<Headers, 'get'>;
}

/** `params` are the groups of the path's pattern. A null answer leaves the request to Next.js. */
type Answer = (request: RequestHead, params: string[]) => Promise<Response | null>;

/**
 * Answers GET requests of a path before Next.js sees them. Its way to a handler costs more than sending a
 * megabyte: frequent requests bypass it, and so do answers that it would change.
 */
export function answerBeforeNext(server: Server, path: RegExp, answer: Answer): void {
  const others = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const leave = () => {
      for (const other of others) other.call(server, request, response);
    };
    const found = request.method === 'GET' ? path.exec(request.url ?? '') : null;
    if (found) void answerOne(answer, found.slice(1), request, response).then((done) => done || leave());
    else leave();
  });
}

/** @returns false when the request is left to others */
async function answerOne(
  answer: Answer,
  params: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const answered = await answer(headOf(request), params).catch(problemResponse);
  if (!answered) return false;
  // Files were already sent through Node's response.
  if (response.headersSent) return true;
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
  return true;
}

function headOf({ headers, method = 'GET' }: IncomingMessage): RequestHead {
  const get = (name: string) => headers[name.toLowerCase()]?.toString() ?? null;
  return { method, headers: { get } };
}
