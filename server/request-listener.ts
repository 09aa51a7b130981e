import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { authorizeRoute } from '@/lib/access/authorize';
import type { Principal } from '@/lib/access/principal';
import type { Settings } from '@/lib/base/env';
import { endSilentConnection } from '@/lib/http/end-silent-connections';
import type { Admission } from '@/lib/http/request-gate';
import { setSecurityHeaders } from '@/lib/http/security-headers';
import packageJson from '@/package.json';
import { newGate, refuse } from './gate';
import type { Handler } from './handlers';

/** Who sends a request. Not a promise where nothing has to be looked up: most requests are for media. */
type Identify = (request: IncomingMessage) => Principal | Promise<Principal>;

/** What answers admitted requests once the server is ready. */
export interface Ready {
  identify: Identify;
  handle: Handler;
}

/**
 * Answers every request: the gate first, then what `ready` returns; while that is null, all requests are
 * answered with 503.
 */
export function requestListener(
  { PUBLIC_URL, TRUSTED_PROXIES }: Settings,
  isDevelopment: boolean,
  ready: () => Ready | null,
): RequestListener {
  const admits = newGate({ publicOrigin: PUBLIC_URL, trustedProxies: TRUSTED_PROXIES, isDevelopment });
  return (request, response) => {
    setSecurityHeaders(response);
    endSilentConnection(request, response);
    const now = ready();
    if (!now) return answerStarting(response);
    const admission = admits(request, response);
    if (admission) answer(request, response, admission, now);
  };
}

/** Hands a request over on behalf of its principal, unless that may not use this address at all. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { access }: Admission,
  { identify, handle }: Ready,
): void {
  const handOver = (principal: Principal) => {
    authorizeRoute(principal, access);
    handle(request, response, principal);
  };
  const fail = (error: unknown) => refuse(response, { error });
  try {
    const principal = identify(request);
    if (principal instanceof Promise) principal.then(handOver).catch(fail);
    else handOver(principal);
  } catch (error) {
    fail(error);
  }
}

const { version } = packageJson;
const starting = JSON.stringify({ status: 'starting', version, reason: 'Cenclave is starting.' });

function answerStarting(response: ServerResponse): void {
  const headers = { 'Content-Type': 'application/json', 'Retry-After': '1', 'Cache-Control': 'no-store' };
  response.writeHead(503, headers).end(starting);
}
