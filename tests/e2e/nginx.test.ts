import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securityHeaders } from '@/lib/http/security-headers';
import type { PackageView } from '@/lib/packages/package-view';
import { clip } from '../fixtures/clips';
import { packageUntilReady, postJson, uploadFile } from '../harness/api';
import { freePort, oneRung } from '../harness/app-server';
import { type Certificate, makeCertificate } from '../harness/certificate';
import { makeFolder } from '../harness/make-folder';
import { startNginx } from '../harness/nginx';
import {
  type Credentials,
  goodPassword,
  newToken,
  type ProtectedServer,
  startProtectedServer,
} from '../harness/people';
import type { WebServer } from '../harness/web-server';

// The configuration is that of docs/nginx.md.
describe('behind nginx with HTTPS', () => {
  const folder = makeFolder();
  let certificate: Certificate;
  let server: ProtectedServer;
  let nginx: WebServer;
  let origin: string;
  beforeAll(async () => {
    certificate = makeCertificate(folder);
    const port = await freePort();
    origin = `https://localhost:${port}`;
    server = await startProtectedServer({
      ...{
        ACCESS: 'auto',
        PUBLIC_URL: origin,
        TRUSTED_PROXIES: '127.0.0.1',
        X_ACCEL_PREFIX: '/cenclave-files/',
      },
      ...oneRung,
    });
    nginx = await startNginx(server, certificate, port, folder);
  });
  afterAll(async () => {
    await nginx?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true });
  });

  let root: Credentials;
  let made: PackageView;

  it('a person signs in, by a cookie that only HTTPS has', async () => {
    const person = { email: 'root@example.org', password: goodPassword };
    const answer = await postJson(`${origin}/api/session`, person, { Origin: origin });
    expect([answer.status, answer.headers.get('server')]).toEqual([204, expect.stringMatching(/^nginx/)]);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-cenclave=/);
    expect(cookie.split('; ')).toEqual(expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly']));
    root = { Cookie: cookie.split(';', 1)[0] ?? '' };
  });

  it('uploads are packaged, by curl with a token and by forms', async () => {
    const { Authorization = '' } = await newToken({ ...server, origin }, root, ['video.write']);
    const user = `api:${Authorization.slice('Bearer '.length)}`;
    const form = `file=@${clip('audio.mp4')}`;
    const curl = ['-sS', '--cacert', certificate.certificate, '-u', user, '-F', form];
    const out = execFileSync('curl', [...curl, `${origin}/upload_input_content`]).toString();
    expect(JSON.parse(out)).toEqual({ input_content_id: 1 });
    const video = await uploadFile(origin, clip('h264-aac.mp4'), 'a.mp4', root);
    made = await packageUntilReady(origin, video.id, {}, root);
    const listed = await (await fetch(`${origin}/allUploaded`, { headers: root })).json();
    expect(listed.uploaded_videos[0].links.page).toBe(`${origin}/videos/2`);
  });

  it('nginx sends the files, by range, with the headers of Cenclave', async () => {
    const address = made.links.manifest ?? '';
    const bare = await fetch(server.origin + address, { headers: root });
    const key = bare.headers.get('x-accel-redirect')?.replace('/cenclave-files/', '') ?? '';
    expect([key, await bare.text()]).toEqual([expect.stringMatching(/^packages\/.*manifest\.mpd$/), '']);
    const whole = readFileSync(path.join(server.storage, key));
    const answer = await fetch(origin + address, { headers: { ...root, Range: 'bytes=2-9' } });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes 2-9/${whole.length}`]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(whole.subarray(2, 10));
    expect(answer.headers.get('x-accel-redirect')).toBeNull();
    expect(answer.headers.get('content-type')).toBe('application/dash+xml');
    expect(answer.headers.get('cache-control')).toBe(bare.headers.get('cache-control'));
    for (const [name] of [...securityHeaders, ['Content-Security-Policy']] as const)
      expect([name, answer.headers.get(name)]).toEqual([name, bare.headers.get(name)]);
  });

  it('nobody gets a file without a session', async () => {
    for (const address of [made.links.manifest, made.links.download, '/api/videos'])
      expect([address, (await fetch(`${origin}${address}`)).status]).toEqual([address, 401]);
  });

  it('the internal location is closed, also with a session', async () => {
    for (const file of ['master.key', 'cenclave.db', 'packages/', '../etc/passwd'])
      expect((await fetch(`${origin}/cenclave-files/${file}`, { headers: root })).status).toBe(404);
  });

  it('only pages of this address may write', async () => {
    const write = async (from: string) => {
      const answer = await postJson(`${origin}/api/packages/999/cancel`, {}, { ...root, Origin: from });
      return [answer.status, (await answer.json()).code];
    };
    expect(await write(origin)).toEqual([404, 'package-not-found']);
    expect(await write(origin.replace('https', 'http'))).toEqual([403, 'cross-origin']);
    expect(await write('https://evil.example')).toEqual([403, 'cross-origin']);
  });
});
