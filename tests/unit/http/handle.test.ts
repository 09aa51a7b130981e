import { describe, expect, it, vi } from 'vitest';
import type { App } from '@/lib/app';
import { AppError } from '@/lib/errors';
import { openBridge } from '@/lib/http/bridge';
import { handle } from '@/lib/http/handle';

vi.stubEnv('LOG_LEVEL', 'silent');
openBridge({} as App);

const route = { params: Promise.resolve({}) };

describe('a handler', () => {
  const request = new Request('http://localhost:5000/');

  it("gets the request and the path's parameters", async () => {
    const handler = handle<{ id: string }>(
      async (call) =>
        new Response(`${call.request === request} ${call.params.id} ${call.acting.principal.kind}`),
    );
    const response = await handler(request, { params: Promise.resolve({ id: '7' }) });
    expect(await response.text()).toBe('true 7 system');
  });

  it('that throws answers with the problem', async () => {
    const handler = handle(async () => {
      throw new AppError('video-not-found', 'There is no video 7.', { field: 'id' });
    });
    const response = await handler(request, route);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'video-not-found', field: 'id' });
  });

  it('whose parameters cannot be read answers with a problem too', async () => {
    const handler = handle(async () => new Response('never'));
    const response = await handler(request, { params: Promise.reject(new Error('secret')) });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });
});
