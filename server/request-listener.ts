import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { authorizeRoute, decide } from '@/lib/access/authorize';
import type { Principal } from '@/lib/access/principal';
import type { App } from '@/lib/app/app';
import type { Settings } from '@/lib/base/env';
import { AppError } from '@/lib/base/errors';
import { log } from '@/lib/base/log';
import { endSilentConnection } from '@/lib/http/end-silent-connections';
import { notFoundAdmission } from '@/lib/http/request-gate';
import { setSecurityHeaders } from '@/lib/http/security-headers';
import { packageNotFound, videoNotFound } from '@/lib/ledger/not-found';
import packageJson from '@/package.json';
import { type Admitted, admit, newGate, refuse } from './gate';
import type { Handler } from './handlers';
import { type Identify, newIdentify } from './identify';

/** What answers admitted requests once the server is ready. */
export interface Ready {
  app: App;
  identify: Identify;
  handle: Handler;
}

export const newReady = (app: App, handle: Handler): Ready => ({ app, identify: newIdentify(app), handle });

/**
 * Answers every request: the gate first, then what `ready` returns; while that is null, all requests are
 * answered with 503.
 */
export function requestListener(
  { PUBLIC_URL, TRUSTED_PROXIES }: Settings,
  isDevelopment: boolean,
  ready: () => Ready | null,
): RequestListener {
  const isHttps = PUBLIC_URL?.startsWith('https:') ?? false;
  const admits = newGate({ publicOrigin: PUBLIC_URL, trustedProxies: TRUSTED_PROXIES, isDevelopment });
  return (request, response) => {
    setSecurityHeaders(response);
    // Browsers then ask for nothing else than HTTPS, for a year (RFC 6797).
    if (isHttps) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    endSilentConnection(request, response);
    const now = ready();
    if (!now) return answerStarting(response);
    const admitted = admits(request, response);
    if (admitted) answer(request, response, admitted, now, isDevelopment).catch(closeAfter(response));
  };
}

/** Hands a request over on behalf of its principal, unless that may not use this address at all. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  admitted: Admitted,
  ready: Ready,
  isDevelopment: boolean,
): Promise<void> {
  const { isProxied, kind } = admitted;
  let principal: Principal = { kind: 'anonymous' };
  try {
    principal = await ready.identify({ request, response, isProxied, kind });
    await checkAddress(ready.app, principal, admitted);
    ready.handle(request, response, principal);
  } catch (error) {
    if (kind !== 'page' || !(error instanceof AppError)) return refuse(response, { error });
    if (error.code === 'sign-in-required')
      return redirect(response, await entrance(ready.app, admitted.target));
    if (error.code === 'proxy-refused') return refuse(response, { error });
    admit(request, response, notFoundAdmission, isDevelopment);
    ready.handle(request, response, principal);
  }
}

/**
 * Refuses a principal that may not use this address at all; first of all, where the address names a video or
 * package that it may not know of, as if there were none.
 */
async function checkAddress(
  { ledger }: App,
  principal: Principal,
  { access, resource }: Admitted,
): Promise<void> {
  const isSomebody = principal.kind !== 'everybody' && principal.kind !== 'anonymous';
  if (resource && access !== 'open' && isSomebody) {
    const { kind, id } = resource;
    const video = kind === 'video' ? await ledger.findVideo(id) : (await ledger.findPackage(id))?.video;
    const named = video && (kind === 'video' ? video : { ...video, packageId: id });
    if (!named || decide(principal, access, named) === 'hidden') {
      if (kind === 'video') videoNotFound(id);
      packageNotFound(id);
    }
  }
  authorizeRoute(principal, access);
}

/** Where somebody who has to sign in goes: to the setup while there is nobody. */
async function entrance({ access }: App, target: string): Promise<string> {
  if (!(await access.hasAdministrator())) return '/setup';
  return target === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(target)}`;
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { Location: location, 'Cache-Control': 'no-store' }).end();
}

/** An error while an error was answered: nothing more can be said. */
const closeAfter = (response: ServerResponse) => (err: unknown) => {
  log().error({ err }, 'A request could not be answered');
  response.destroy();
};

const { version } = packageJson;
const starting = JSON.stringify({ status: 'starting', version, reason: 'Cenclave is starting.' });

function answerStarting(response: ServerResponse): void {
  const headers = { 'Content-Type': 'application/json', 'Retry-After': '1', 'Cache-Control': 'no-store' };
  response.writeHead(503, headers).end(starting);
}
