import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '@/scripts/process/start-child.mjs';

export const accelPrefix = '/cenclave-files/';

/**
 * Starts nginx as docs/nginx.md describes, in front of an app whose PUBLIC_URL is nginx's address. Below
 * `/bare/` nginx serves the same storage folder by itself.
 */
export async function startNginx(
  program: string,
  folder: string,
  port: number,
  app: { origin: string; storage: string },
) {
  const own = path.join(folder, 'nginx');
  await mkdir(own);
  await writeFile(path.join(own, 'nginx.conf'), configuration(port, own, app));
  const argv = [program, '-p', own, '-e', `${own}/error.log`, '-c', `${own}/nginx.conf`];
  const { end, child } = startChild(argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (text) => (errors += text));
  const origin = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${origin}/api/health`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}: ${errors}`);
    await sleep(50);
  }
  return { origin, stop: () => end(5000) };
}

function configuration(port: number, own: string, { origin, storage }: { origin: string; storage: string }) {
  // By default, nginx started by root drops its privileges, and could not read the storage folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `${user}
daemon off;
worker_processes auto;
pid ${own}/nginx.pid;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${own}/${name};`).join(' ')}
  keepalive_requests 1000000;
  upstream cenclave { server ${new URL(origin).host}; keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    sendfile on;
    tcp_nopush on;
    location / {
      proxy_pass http://cenclave;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
    }
    location ${accelPrefix} { internal; alias ${storage}/; }
    location /bare/ { alias ${storage}/; }
  }
}
`;
}
