import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Acting, Principal } from '@/lib/access/principal';
import type { App } from '@/lib/app/app';

/** What belongs to one request. */
interface Exchange {
  response: ServerResponse;
  principal: Principal;
}

/** What the server hands to the handlers of Next.js. */
interface Bridge {
  app: App | null;
  exchanges: AsyncLocalStorage<Exchange>;
}

// The only global of this project: Next.js bundles each route handler apart from the server.
const key = Symbol.for('cenclave');
const shared = globalThis as { [key]?: Bridge };
const bridge = (): Bridge => {
  shared[key] ??= { app: null, exchanges: new AsyncLocalStorage() };
  return shared[key];
};

/** Makes the app known to the handlers and pages of this process. */
export function openBridge(app: App): void {
  bridge().app = app;
}

/**
 * The app, and on whose behalf the current request is answered: outside a request, on nobody's.
 */
export function acting(): Acting {
  const { app, exchanges } = bridge();
  if (!app) throw new Error('No server has opened the bridge: start it with server/main.ts.');
  return { ...app, principal: exchanges.getStore()?.principal ?? { kind: 'anonymous' } };
}

/** Remembers Node's response, and who asks, for everything that runs in answer to its request. */
export function withExchange(exchange: Exchange, work: () => void): void {
  bridge().exchanges.run(exchange, work);
}

/**
 * Node's response to the current request; undefined outside a server. Next.js removes `Content-Length` from
 * what a handler returns, and moves each chunk of a body through a Web stream: files are written to Node's
 * response instead.
 */
export const nodeResponse = (): ServerResponse | undefined => bridge().exchanges.getStore()?.response;

/** Adds `Set-Cookie` lines to the answer of the current request. */
export function setCookies(cookies: readonly string[]): void {
  for (const cookie of cookies) nodeResponse()?.appendHeader('Set-Cookie', cookie);
}

/**
 * The body of the current request; it may be read only here. It is Node's own stream, since undici, from
 * which Next.js gets `body`, copies each chunk. Outside a server it is `body`.
 */
export const unreadBody = (body: ReadableStream<Uint8Array>): Readable =>
  nodeResponse()?.req ?? Readable.fromWeb(body as NodeReadableStream<Uint8Array>); // same class at run time

/** What identifies the browser of the current request: for a session. */
export function sessionHeaders({ headers }: Request): Headers {
  const given = ['cookie', 'user-agent'].flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return new Headers([...given, ['x-forwarded-for', clientAddress()]]);
}

/** The address of the client of the current request, as the gate found it; empty outside a server. */
export function clientAddress(): string {
  const request = nodeResponse()?.req;
  return request?.headers['x-forwarded-for']?.toString() ?? request?.socket.remoteAddress ?? '';
}
