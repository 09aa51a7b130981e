import { describe, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { handle } from '@/lib/http/handle';

vi.stubEnv('LOG_LEVEL', 'silent');

const route = { params: Promise.resolve({}) };
const call = (method: string, headers: Record<string, string>) => {
  let handled = 0;
  const handler = handle(async () => {
    handled += 1;
    return new Response('done');
  });
  const request = new Request('http://localhost:5000/api/videos', {
    method,
    headers: { host: 'localhost:5000', ...headers },
  });
  return handler(request, route).then((response) => ({ response, handled }));
};

describe('a write', () => {
  it.each<[string, Record<string, string>]>([
    ['from a program, which names no origin', {}],
    ['from a page of this server', { origin: 'http://localhost:5000' }],
    [
      'by HTTPS at a proxy that passes the host on',
      { host: 'video.example', origin: 'https://video.example' },
    ],
    [
      'through a proxy with another name',
      { origin: 'https://video.example', 'x-forwarded-host': 'video.example' },
    ],
    ['on the default port', { host: 'video.example', origin: 'http://video.example:80' }],
  ])('is handled: %s', async (_, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const { response, handled } = await call(method, headers);
      expect([response.status, handled]).toEqual([200, 1]);
    }
  });

  it.each<[string, Record<string, string>]>([
    ['from another site', { origin: 'https://evil.example' }],
    ['from another port', { origin: 'http://localhost:5001' }],
    ['from a subdomain', { host: 'video.example', origin: 'https://a.video.example' }],
    ['from a longer name', { host: 'video.example', origin: 'https://video.example.evil.example' }],
    ['from a sandboxed frame or a file', { origin: 'null' }],
    ['from nowhere', { origin: '' }],
    [
      'from the inner name, past the proxy',
      { origin: 'http://localhost:5000', 'x-forwarded-host': 'video.example' },
    ],
  ])('is refused: %s', async (_, headers) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const { response, handled } = await call(method, headers);
      expect(handled).toBe(0);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'cross-origin' });
    }
  });

  // Each proxy on the way adds its own; origin.ts, which reads the same header, takes the first.
  it('is handled behind two proxies', async () => {
    const { response } = await call('POST', {
      origin: 'https://video.example',
      'x-forwarded-host': 'video.example, inner.example',
    });
    expect(response.status).toBe(200);
  });
});

it.each(['GET', 'HEAD'])('%s is handled wherever it comes from', async (method) => {
  const { response, handled } = await call(method, { origin: 'https://evil.example' });
  expect([response.status, handled]).toEqual([200, 1]);
});

describe('a handler', () => {
  const request = new Request('http://localhost:5000/');

  it("gets the request and the path's parameters", async () => {
    const handler = handle<{ id: string }>(
      async (asked, { id }) => new Response(`${asked === request} ${id}`),
    );
    const response = await handler(request, { params: Promise.resolve({ id: '7' }) });
    expect(await response.text()).toBe('true 7');
  });

  it('that throws answers with the problem', async () => {
    const handler = handle(async () => {
      throw new AppError('video-not-found', 'There is no video 7.', { field: 'id' });
    });
    const response = await handler(request, route);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'video-not-found', field: 'id' });
  });

  it('whose parameters cannot be had answers with a problem too', async () => {
    const handler = handle(async () => new Response('never'));
    const response = await handler(request, { params: Promise.reject(new Error('secret')) });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });
});
