import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

// On globalThis, since Next.js bundles the route handlers apart from the server.
const key = Symbol.for('cenclave.node-responses');
const shared = globalThis as { [key]?: AsyncLocalStorage<ServerResponse> };
const storage = () => {
  shared[key] ??= new AsyncLocalStorage();
  return shared[key];
};

/** Remembers Node's response for everything that runs in answer to its request. */
export function withNodeResponse(response: ServerResponse, work: () => void): void {
  storage().run(response, work);
}

/**
 * Node's response to the current request; undefined outside a server. Next.js removes `Content-Length` from
 * what a handler returns, and moves each chunk of a body through a Web stream: files are written to Node's
 * response instead.
 */
export const nodeResponse = (): ServerResponse | undefined => storage().getStore();

/**
 * The body of the current request; it may be read only here. It is Node's own stream, since undici, from
 * which Next.js gets `body`, copies each chunk. Outside a server it is `body`.
 */
export const unreadBody = (body: ReadableStream<Uint8Array>): Readable =>
  nodeResponse()?.req ?? Readable.fromWeb(body as NodeReadableStream<Uint8Array>); // same class at run time

/** The address of the client of the current request, as the guard found it; empty outside a server. */
export function clientAddress(): string {
  const request = nodeResponse()?.req;
  return request?.headers['x-forwarded-for']?.toString() ?? request?.socket.remoteAddress ?? '';
}
