import type { RequestListener, ServerResponse } from 'node:http';
import { context } from '@/lib/context';
import type { Settings } from '@/lib/env';
import { type Answers, answerBeforeNext, sendAnswer } from '@/lib/http/before-next';
import { endSilentConnection } from '@/lib/http/end-silent-connections';
import { withNodeResponse } from '@/lib/http/node-exchange';
import { setSecurityHeaders } from '@/lib/http/security-headers';
import { answerMedia, mediaPath } from '@/lib/packages/answer-media';
import { newGate } from './gate';
import { builtPlaces, developmentPlaces, staticFiles } from './static-files';
import { answerUploads } from './uploads';

/** Frequent GET requests, which Next.js's way to a handler would make dear, by their path. */
const answers: Answers = [
  [mediaPath, (head, [mediaId = '', ...names]) => answerMedia(context(), head, mediaId, names)],
];

/**
 * Answers every request: the gate first, then media, uploads and static files, then the pages and route
 * handlers of Next.js. While `pages` returns null, all are answered with 503.
 */
export function requestListener(
  { PUBLIC_URL, TRUSTED_PROXIES }: Settings,
  isDevelopment: boolean,
  pages: () => RequestListener | null,
): RequestListener {
  const admits = newGate({ publicOrigin: PUBLIC_URL, trustedProxies: TRUSTED_PROXIES, isDevelopment });
  const sendStatic = staticFiles(isDevelopment ? developmentPlaces : builtPlaces);
  return (request, response) => {
    setSecurityHeaders(response);
    endSilentConnection(request, response);
    const next = pages();
    if (!next) return answerStarting(response);
    if (!admits(request, response)) return;
    withNodeResponse(response, async () => {
      const answered =
        (await answerBeforeNext(answers, request)) ?? (await answerUploads(context(), request));
      if (answered) await sendAnswer(answered, response);
      else sendStatic(request, response, () => next(request, response));
    });
  };
}

const starting = JSON.stringify({ status: 'starting', reason: 'Cenclave is starting.' });

function answerStarting(response: ServerResponse): void {
  const headers = { 'Content-Type': 'application/json', 'Retry-After': '1', 'Cache-Control': 'no-store' };
  response.writeHead(503, headers).end(starting);
}
