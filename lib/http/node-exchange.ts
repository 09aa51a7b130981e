import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';

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
 * Node's request at hand, its body not yet read; undefined outside of a server. Next.js moves each chunk of a body through
 * a Web stream: large bodies are read from this one instead, and never from both.
 */
export const nodeRequest = (): IncomingMessage | undefined => nodeResponse()?.req;
