import type { RequestListener, ServerResponse } from 'node:http';
import type { Settings } from '@/lib/base/env';
import { endSilentConnection } from '@/lib/http/end-silent-connections';
import { setSecurityHeaders } from '@/lib/http/security-headers';
import packageJson from '@/package.json';
import { newGate } from './gate';

/**
 * Answers every request: the gate first, then what `handler` returns; while that is null, all requests are
 * answered with 503.
 */
export function requestListener(
  { PUBLIC_URL, TRUSTED_PROXIES }: Settings,
  isDevelopment: boolean,
  handler: () => RequestListener | null,
): RequestListener {
  const admits = newGate({ publicOrigin: PUBLIC_URL, trustedProxies: TRUSTED_PROXIES, isDevelopment });
  return (request, response) => {
    setSecurityHeaders(response);
    endSilentConnection(request, response);
    const handle = handler();
    if (!handle) answerStarting(response);
    else if (admits(request, response)) handle(request, response);
  };
}

const { version } = packageJson;
const starting = JSON.stringify({ status: 'starting', version, reason: 'Cenclave is starting.' });

function answerStarting(response: ServerResponse): void {
  const headers = { 'Content-Type': 'application/json', 'Retry-After': '1', 'Cache-Control': 'no-store' };
  response.writeHead(503, headers).end(starting);
}
