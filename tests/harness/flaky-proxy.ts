import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A proxy between a browser and the server that behaves like a bad connection. */
export interface FlakyProxy {
  origin: string;
  /**
   * How license requests are answered from now on: `failing` of them with 503; with `isLate`, each is
   * held until segments have come, and for a second more.
   */
  licenses: { failing: number; isLate: boolean };
  /** From now on nobody can connect, and open connections end. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** @param upstream the server's origin */
export async function startFlakyProxy(upstream: string): Promise<FlakyProxy> {
  const licenses = { failing: 0, isLate: false };
  let segments = 0;
  const handle = async (incoming: IncomingMessage, answer: ServerResponse) => {
    if (incoming.url?.endsWith('/license')) {
      if (licenses.failing > 0) {
        licenses.failing -= 1;
        answer.writeHead(503).end();
        return;
      }
      // At least the init segment, index and a media segment of a track; EME requests its license after them.
      if (licenses.isLate) {
        for (const before = Date.now(); segments < 3 && Date.now() - before < 10_000; ) await sleep(20);
        await sleep(1000);
      }
    }
    forward(upstream, incoming, answer, () => {
      if (incoming.url?.endsWith('.mp4')) segments += 1;
    });
  };
  let server = await listen(handle, 0);
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    origin: `http://localhost:${port}`,
    licenses,
    goDown: close,
    async comeBack() {
      server = await listen(handle, port);
    },
    async stop() {
      if (server.listening) await close();
    },
  };
}

async function listen(
  handle: (incoming: IncomingMessage, answer: ServerResponse) => Promise<void>,
  port: number,
): Promise<Server> {
  const server = createServer((incoming, answer) => void handle(incoming, answer)).listen(port, 'localhost');
  await once(server, 'listening');
  return server;
}

/** The server sees a browser that connects to it directly. */
function forward(
  upstream: string,
  incoming: IncomingMessage,
  answer: ServerResponse,
  onEnd: () => void,
): void {
  const { host } = new URL(upstream);
  const headers = { ...incoming.headers, host, ...(incoming.headers.origin && { origin: upstream }) };
  const outgoing = request(upstream + incoming.url, { method: incoming.method, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
    reply.on('end', onEnd);
  });
  outgoing.on('error', () => answer.destroy());
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}
