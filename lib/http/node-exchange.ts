import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

// On globalThis, since Next.js bundles instrumentation.ts and the route handlers apart.
const key = Symbol.for('cenclave.node-responses');
const shared = globalThis as { [key]?: AsyncLocalStorage<ServerResponse> };
const storage = () => {
  shared[key] ??= new AsyncLocalStorage();
  return shared[key];
};

/** Remembers Node's response for all that is done in answer to its request. */
export function rememberNodeResponse(response: ServerResponse): void {
  storage().enterWith(response);
}

/**
 * Node's response to the request at hand; undefined outside of a server. Next.js takes `Content-Length` out of what a
 * handler returns, and moves each chunk of a body through a Web stream: files are written to this one instead.
 */
export const nodeResponse = (): ServerResponse | undefined => storage().getStore();

/**
 * The body of the request at hand, to be read here only. It is Node's own, as undici, which makes `body` of it for Next.js,
 * copies each piece; outside of a server it is `body`.
 */
export const unreadBody = (body: ReadableStream<Uint8Array>): Readable =>
  nodeResponse()?.req ?? Readable.fromWeb(body as NodeReadableStream<Uint8Array>); // same class at run time

/** The address of the client of the request at hand, as the guard has found it; empty outside of a server. */
export function clientAddress(): string {
  const request = nodeResponse()?.req;
  return request?.headers['x-forwarded-for']?.toString() ?? request?.socket.remoteAddress ?? '';
}
