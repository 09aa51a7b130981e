import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const library = createRequire(import.meta.url).resolve('shaka-player/dist/shaka-player.ui.js');

const page = `<!doctype html><title>Bare</title><body><video playsinline width="960"></video>
  <script src="/shaka-player.js"></script><script>
    const video = document.querySelector('video');
    const player = new shaka.Player();
    player.configure({ drm: { servers: { 'org.w3.clearkey': '/license' } } });
    player.attach(video).then(() => player.load('/manifest.mpd')).then(() => video.play());
  </script>`;

/**
 * Serves a minimal page that plays a package: Shaka Player, the package's files, and the app's own license,
 * which the server passes on, since the app refuses license requests from other sites.
 */
export async function serveBarePlayer(folder: string, license: string) {
  const server = createServer((request, response) => {
    answer(request, response, folder, license).catch((error) => response.destroy(error));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const types: Record<string, string> = {
  '.mpd': 'application/dash+xml',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
};

async function answer(request: IncomingMessage, response: ServerResponse, folder: string, license: string) {
  const { url = '/', headers } = request;
  if (url === '/') return response.setHeader('Content-Type', 'text/html').end(page);
  if (url === '/shaka-player.js')
    return response.setHeader('Content-Type', 'text/javascript').end(await readFile(library));
  if (url === '/license') {
    const body = Buffer.concat(await request.toArray());
    const given = await fetch(license, { method: 'POST', body });
    return response.end(Buffer.from(await given.arrayBuffer()));
  }
  const file = path.join(folder, path.basename(url));
  const found = await stat(file).catch(() => null);
  if (!found) return response.writeHead(404).end();
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const [start, end] = [Number(from ?? 0), Math.min(Number(to || found.size), found.size - 1)];
  response.writeHead(from === undefined ? 200 : 206, {
    'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
    'Content-Length': end - start + 1,
    'Accept-Ranges': 'bytes',
    ...(from === undefined ? {} : { 'Content-Range': `bytes ${start}-${end}/${found.size}` }),
  });
  return createReadStream(file, { start, end }).pipe(response);
}
