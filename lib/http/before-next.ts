import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemResponse } from './problem';

/** The parts of a request without a body that answers need. */
export interface RequestHead {
  method: string;
  headers: Pick<Headers, 'get'>;
}

/** `params` are the groups of the path's pattern. A null answer leaves the request to Next.js. */
export type Answer = (request: RequestHead, params: string[]) => Promise<Response | null>;

/** Answers by the pattern of their path. */
export type Answers = readonly (readonly [RegExp, Answer])[];

/**
 * Answers GET requests of some paths before Next.js sees them. Its way to a handler costs more than sending a
 * megabyte: frequent requests bypass it, and so do answers that it would change.
 * @returns null when the request is left to others
 */
export async function answerBeforeNext(answers: Answers, request: IncomingMessage): Promise<Response | null> {
  if (request.method !== 'GET') return null;
  for (const [path, answer] of answers) {
    const found = path.exec(request.url ?? '');
    const answered = found && (await answer(headOf(request), found.slice(1)).catch(problemResponse));
    if (answered) return answered;
  }
  return null;
}

/** Sends an answer; files were already sent through Node's response. */
export async function sendAnswer(answered: Response, response: ServerResponse): Promise<void> {
  if (response.headersSent) return;
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}

function headOf({ headers, method = 'GET' }: IncomingMessage): RequestHead {
  const get = (name: string) => headers[name.toLowerCase()]?.toString() ?? null;
  return { method, headers: { get } };
}
