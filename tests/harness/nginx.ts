import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AppServer } from './app-server';
import type { Certificate } from './certificate';
import { startWebServer, type WebServer } from './web-server';

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** Starts nginx in front of a server with the configuration of docs/nginx.md, but for its port and paths. */
export function startNginx(
  { port, storage }: AppServer,
  { certificate, key }: Certificate,
  httpsPort: number,
  folder: string,
): Promise<WebServer> {
  const own = path.join(folder, 'nginx');
  mkdirSync(own);
  const site = replaceEach(documented(), [
    ['127.0.0.1:5000', `127.0.0.1:${port}`],
    ['listen 443 ssl', `listen 127.0.0.1:${httpsPort} ssl`],
    ['/etc/ssl/video.example.org.pem', certificate],
    ['/etc/ssl/video.example.org.key', key],
    ['server_name video.example.org', 'server_name localhost'],
    ['/srv/cenclave/', `${storage}/`],
  ]);
  writeFileSync(
    path.join(own, 'nginx.conf'),
    `${asUser()}
    daemon off;
    pid ${own}/nginx.pid;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${own}/${name};`).join(' ')}
      ${site}
    }`,
  );
  const program = process.env.NGINX_PATH ?? 'nginx';
  const argv = [program, '-p', own, '-e', 'stderr', '-c', `${own}/nginx.conf`];
  return startWebServer(argv, `https://localhost:${httpsPort}`);
}

/** The configuration in docs/nginx.md. */
function documented(): string {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/nginx.md'), 'utf8');
  const block = /```nginx\n(.*?)```/s.exec(text)?.[1];
  if (block === undefined) throw new Error('docs/nginx.md has no configuration.');
  return block;
}

/** Replaces each text wherever it is; one that is nowhere is an error. */
function replaceEach(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((rest, [from, to]) => {
    if (!rest.includes(from)) throw new Error(`docs/nginx.md does not contain "${from}".`);
    return rest.replaceAll(from, to);
  }, text);
}

/** As the document says: another user, in the group that Cenclave runs as. Only root can choose a user. */
function asUser(): string {
  if (process.getuid?.() !== 0) return '';
  return `user www-data ${execFileSync('id', ['-gn']).toString().trim()};`;
}
