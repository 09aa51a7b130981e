import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startWebServer, type WebServer } from './web-server';

/**
 * Starts Caddy with deploy/Caddyfile in front of a server on this machine. For localhost it signs the
 * certificate itself.
 */
export function startCaddy(
  upstream: string,
  ports: { http: number; https: number },
  folder: string,
): Promise<WebServer> {
  const own = path.join(folder, 'caddy');
  mkdirSync(own);
  const site = path.resolve(import.meta.dirname, '../../deploy/Caddyfile');
  const options = [
    'admin off',
    'skip_install_trust',
    `http_port ${ports.http}`,
    `storage file_system ${own}`,
  ];
  writeFileSync(path.join(own, 'Caddyfile'), `{\n${options.join('\n')}\n}\nimport ${site}\n`);
  const program = process.env.CADDY_PATH ?? 'caddy';
  const argv = [program, 'run', '--adapter', 'caddyfile', '--config', path.join(own, 'Caddyfile')];
  const env = { DOMAIN: `localhost:${ports.https}`, UPSTREAM: upstream, HOME: own };
  const signer = path.join(own, 'pki/authorities/local/root.crt');
  return startWebServer(argv, `https://localhost:${ports.https}`, env, signer);
}
