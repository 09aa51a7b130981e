import { createServer, type RequestListener } from 'node:http';
import next from 'next';
import { isDevelopment, settings } from '@/lib/env';
import { answerMalformed } from '@/lib/http/answer-malformed';
import { startCenclave } from '@/lib/start';
import { endOnSignals } from './end-on-signals';
import { requestListener } from './request-listener';

/** Longer than proxies keep an idle connection: nginx and the balancers of clouds keep one for 60 s. */
const keepAliveMilliseconds = 75_000;

/** Runs Cenclave in one process: its HTTP server, of which Next.js is one handler, and its worker. */
async function main(): Promise<void> {
  const shared = settings();
  const { HOST, PORT } = shared;
  let pages: RequestListener | null = null;
  // By default, Node.js ends requests that take over five minutes, as large uploads do on a slow line, and
  // connections that are idle for five seconds, and loses what a proxy sends at that moment.
  const options = { requestTimeout: 0, keepAliveTimeout: keepAliveMilliseconds, requireHostHeader: false };
  const server = createServer(
    options,
    requestListener(shared, isDevelopment, () => pages),
  );
  answerMalformed(server);
  server.listen(PORT, HOST);
  // Next.js listens to upgrades (WebSockets), which only `dev` has: otherwise, at a server without a port.
  const httpServer = isDevelopment ? server : createServer();
  const app = next({ dev: isDevelopment, hostname: HOST, port: PORT, httpServer });
  const [stopWork] = await Promise.all([startCenclave(), app.prepare()]);
  endOnSignals(server, stopWork);
  pages = app.getRequestHandler();
}

void main();
