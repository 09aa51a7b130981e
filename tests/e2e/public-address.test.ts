import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clip } from '../fixtures/clips';
import { uploadFile } from '../harness/api';
import { type ProtectedServer, startProtectedServer } from '../harness/people';
import { sendRaw } from '../harness/raw-request';

describe('with PUBLIC_URL', () => {
  let named: ProtectedServer;
  beforeAll(async () => {
    named = await startProtectedServer({
      ACCESS: 'auto',
      PUBLIC_URL: 'https://video.example',
      TRUSTED_PROXIES: '127.0.0.2',
    });
  });
  afterAll(() => named.stop());

  const get = (address: string, ...headers: string[]) =>
    sendRaw(
      named.port,
      [
        `GET ${address} HTTP/1.1`,
        'Host: video.example',
        'Connection: close',
        `Cookie: ${named.root.Cookie}`,
        ...headers,
        '',
        '',
      ].join('\r\n'),
    );

  it('links begin with it, whatever forwarding headers a client sends', async () => {
    await uploadFile(named.origin, clip('audio.mp4'), 'a.mp4', named.root);
    const claims = [
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Proto: http',
      'Forwarded: host=evil.example',
    ];
    const answer = await get('/allUploaded', ...claims);
    expect(answer).toContain('"page":"https://video.example/videos/1"');
    expect(answer).not.toContain('evil');
    const local = await (await fetch(`${named.origin}/allUploaded`, { headers: named.root })).json();
    expect(local.uploaded_videos[0].links.page).toBe('https://video.example/videos/1');
  });

  it('browsers are to use HTTPS only', async () => {
    for (const address of ['/', '/api/videos', '/icon.svg', '/nothing'])
      expect(await get(address)).toMatch(/\r\nstrict-transport-security: max-age=31536000\r\n/i);
  });

  it('pages of that origin may write, others may not', async () => {
    const write = (origin: string) =>
      sendRaw(
        named.port,
        `POST /api/packages/9/cancel HTTP/1.1\r\nHost: video.example\r\nOrigin: ${origin}\r\nCookie: ${named.root.Cookie}\r\nConnection: close\r\n\r\n`,
      );
    expect(await write('https://video.example')).toMatch(/"code":"package-not-found"/);
    expect(await write('http://video.example')).toMatch(/^HTTP\/1\.1 403 .*"code":"cross-origin"/s);
    expect(await write('https://evil.example')).toMatch(/^HTTP\/1\.1 403 .*"code":"cross-origin"/s);
  });
});

it('X-Forwarded-Proto counts from TRUSTED_PROXIES only', async () => {
  const links = async (settings: Record<string, string>) => {
    const other = await startProtectedServer(settings);
    try {
      await uploadFile(other.origin, clip('audio.mp4'), 'a.mp4', other.root);
      const headers = { ...other.root, 'X-Forwarded-Proto': 'https' };
      const { uploaded_videos: videos } = await (
        await fetch(`${other.origin}/allUploaded`, { headers })
      ).json();
      return videos[0].links.page.replace(String(other.port), 'PORT');
    } finally {
      await other.stop();
    }
  };
  expect(await links({})).toBe('http://localhost:PORT/videos/1');
  expect(await links({ TRUSTED_PROXIES: '127.0.0.0/8,::1' })).toBe('https://localhost:PORT/videos/1');
});
