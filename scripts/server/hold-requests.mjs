// @ts-check
import diagnostics from 'node:diagnostics_channel';

/**
 * Loaded before Next.js, which listens for a moment before it runs the app's own code. Until the app guards
 * requests (lib/start.ts sets this mark), each request is answered with 503 here, so that none waits inside
 * Next.js to be served unguarded.
 */
const guarded = Symbol.for('cenclave.guarded');
const starting = JSON.stringify({ status: 'starting', reason: 'Cenclave is starting.' });

/** @type {WeakSet<import('node:http').Server>} */
const held = new WeakSet();

diagnostics.subscribe('http.server.request.start', (message) => {
  const { server } = /** @type {{ server: import('node:http').Server }} */ (message);
  if (held.has(server)) return;
  held.add(server);
  const others = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (Reflect.get(globalThis, guarded)) for (const other of others) other.call(server, request, response);
    else
      response
        .writeHead(503, {
          'Content-Type': 'application/json',
          'Retry-After': '1',
          'Cache-Control': 'no-store',
        })
        .end(starting);
  });
});
