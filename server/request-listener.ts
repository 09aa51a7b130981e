import type { RequestListener, ServerResponse } from 'node:http';
import { context } from '@/lib/context';
import type { Settings } from '@/lib/env';
import { scriptAnswers } from '@/lib/http/answer-scripts';
import { type Answers, answerBeforeNext } from '@/lib/http/before-next';
import { endSilentConnection } from '@/lib/http/end-silent-connections';
import { withNodeResponse } from '@/lib/http/node-exchange';
import { setSecurityHeaders } from '@/lib/http/security-headers';
import { answerMedia, mediaPath } from '@/lib/packages/answer-media';
import { newGate } from './gate';

/** Frequent GET requests, which Next.js's way to a handler would make dear, by their path. */
const answers: Answers = [
  [mediaPath, (head, [mediaId = '', ...names]) => answerMedia(context(), head, mediaId, names)],
  ...scriptAnswers,
];

/**
 * Answers every request: the gate first, then media and scripts, then the pages and route handlers of
 * Next.js. While `pages` returns null, all are answered with 503.
 */
export function requestListener(
  { PUBLIC_URL, TRUSTED_PROXIES }: Settings,
  isDevelopment: boolean,
  pages: () => RequestListener | null,
): RequestListener {
  const admits = newGate({ publicOrigin: PUBLIC_URL, trustedProxies: TRUSTED_PROXIES, isDevelopment });
  return (request, response) => {
    setSecurityHeaders(response);
    endSilentConnection(request, response);
    const next = pages();
    if (!next) return answerStarting(response);
    if (!admits(request, response)) return;
    withNodeResponse(response, async () => {
      if (!(await answerBeforeNext(answers, request, response))) next(request, response);
    });
  };
}

const starting = JSON.stringify({ status: 'starting', reason: 'Cenclave is starting.' });

function answerStarting(response: ServerResponse): void {
  const headers = { 'Content-Type': 'application/json', 'Retry-After': '1', 'Cache-Control': 'no-store' };
  response.writeHead(503, headers).end(starting);
}
