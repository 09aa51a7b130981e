import { createServer } from 'node:http';
import next from 'next';
import { createApp } from '@/lib/app/app';
import { isDevelopment, type Settings, settings } from '@/lib/base/env';
import { answerMalformed } from '@/lib/http/answer-malformed';
import { openBridge } from '@/lib/http/bridge';
import { endOnSignals } from './end-on-signals';
import { handlers } from './handlers';
import { newReady, type Ready, requestListener } from './request-listener';
import { endWith, startServer } from './start';

/** Longer than proxies keep an idle connection: nginx and the balancers of clouds keep one for 60 s. */
const keepAliveMilliseconds = 75_000;

/** Runs Cenclave in one process: its HTTP server, of which Next.js is one handler, and its worker. */
async function main(settings: Settings): Promise<void> {
  const { HOST, PORT } = settings;
  let ready: Ready | null = null;
  // By default, Node.js ends requests that take over five minutes, as large uploads do on a slow line, and
  // connections that are idle for five seconds, and loses what a proxy sends at that moment.
  const options = { requestTimeout: 0, keepAliveTimeout: keepAliveMilliseconds, requireHostHeader: false };
  const listener = requestListener(settings, isDevelopment, () => ready);
  const server = createServer(options, listener);
  answerMalformed(server);
  server.listen(PORT, HOST);
  const app = createApp(settings);
  openBridge(app);
  // Next.js listens to upgrades (WebSockets), which only `dev` has: otherwise, at a server without a port.
  const httpServer = isDevelopment ? server : createServer();
  const pages = next({ dev: isDevelopment, hostname: HOST, port: PORT, httpServer });
  const [stopWork] = await Promise.all([startServer(app), pages.prepare()]);
  endOnSignals(app, server, stopWork);
  ready = newReady(app, handlers(app, pages.getRequestHandler(), isDevelopment));
}

try {
  // Files of this process and its tools are private to their user.
  process.umask(0o077);
  await main(settings());
} catch (error) {
  endWith(error);
}
