import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { json, readJson } from '@/lib/http/json';

const schema = z.object({ name: z.string(), list: z.array(z.number()).optional() });
const isJson = { 'Content-Type': 'application/json' };
const post = (body: RequestInit['body'], headers: Record<string, string> = isJson) =>
  new Request('http://localhost/', { method: 'POST', headers, body: body ?? null });
const streamOf = (chunks: string[], fault?: Error) => {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk !== undefined) controller.enqueue(encoder.encode(chunk));
      else if (fault) controller.error(fault);
      else controller.close();
    },
  });
};
const streamed = (chunks: string[], fault?: Error) =>
  new Request('http://localhost/', {
    method: 'POST',
    headers: isJson,
    body: streamOf(chunks, fault),
    duplex: 'half',
  } as RequestInit);

const limitBytes = 64 * 1024;
/** JSON of exactly `bytes` bytes. */
const ofSize = (bytes: number) => `{"name":"${'x'.repeat(bytes - 11)}"}`;

describe('a JSON answer', () => {
  it('has its status, is JSON and is not cached', async () => {
    const response = json(202, { a: [1, null] });
    expect(response.status).toBe(202);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('{"a":[1,null]}');
  });

  it('has the given headers', () => {
    expect(json(201, {}, { Location: '/api/videos/1' }).headers.get('location')).toBe('/api/videos/1');
  });
});

describe('a JSON body', () => {
  it.each<[string, () => Request]>([
    ['whole', () => post('{"name":"a","list":[1]}')],
    ['with unknown fields', () => post('{"name":"a","list":[1],"x":1}')],
    ['in pieces, cut inside a character', () => streamed(['{"name":"a",', '"list":', '[1]}'])],
  ])('is read: %s', async (_, request) => {
    expect(await readJson(request(), schema)).toEqual({ name: 'a', list: [1] });
  });

  it('is read when a character arrives in two pieces', async () => {
    const bytes = new TextEncoder().encode('{"name":"é"}');
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, 10));
        controller.enqueue(bytes.slice(10));
        controller.close();
      },
    });
    const init = { method: 'POST', headers: isJson, body, duplex: 'half' };
    const request = new Request('http://localhost/', init as RequestInit);
    expect(await readJson(request, schema)).toEqual({ name: 'é' });
  });

  it('counts as an empty object when there is none', async () => {
    expect(await readJson(post(null), z.object({ a: z.number().optional() }))).toEqual({});
    expect(await readJson(post(''), z.object({ a: z.number().optional() }))).toEqual({});
  });

  it('may have 64 KiB', async () => {
    expect(ofSize(limitBytes)).toHaveLength(limitBytes);
    expect((await readJson(post(ofSize(limitBytes)), schema)).name).toHaveLength(limitBytes - 11);
  });
});

describe('a JSON body is refused', () => {
  it.each<[string, string, string | undefined]>([
    ['{"name":', 'bad-json', undefined],
    ['name=a', 'bad-json', undefined],
    ["{'name':'a'}", 'bad-json', undefined],
    ['null', 'bad-json', undefined],
    ['[]', 'bad-json', undefined],
    ['"a"', 'bad-json', undefined],
    ['{}', 'bad-json', 'name'],
    ['{"name":7}', 'bad-json', 'name'],
    ['{"name":"a","list":["1"]}', 'bad-json', 'list.0'],
  ])('when it does not match its schema: %j', async (text, code, field) => {
    await expect(readJson(post(text), schema)).rejects.toMatchObject({ name: 'AppError', code, field });
  });

  it('with the field in its message', async () => {
    await expect(readJson(post('{}'), schema)).rejects.toThrow(/^name: /);
    await expect(readJson(post('[]'), schema)).rejects.toThrow(/^The body: /);
  });

  it('over 64 KiB', async () => {
    await expect(readJson(post(ofSize(limitBytes + 1)), schema)).rejects.toMatchObject({
      code: 'body-too-large',
    });
  });

  it('before an endless one is held in memory', async () => {
    const chunks = Array.from({ length: 1000 }, () => 'x'.repeat(1024));
    await expect(readJson(streamed(chunks), schema)).rejects.toMatchObject({ code: 'body-too-large' });
    expect(chunks.length).toBeGreaterThan(900);
  });

  it('when it ends too early', async () => {
    const request = streamed(['{"name":"a"'], new Error('aborted'));
    await expect(readJson(request, schema)).rejects.toMatchObject({ code: 'body-cut-off' });
  });
});

describe('a JSON body is taken', () => {
  const anything = z.object({});
  const read = (body: string, type: string, types?: string[]) => {
    const request = post(body, type ? { 'Content-Type': type } : {});
    // Request sets a type for a text body.
    if (!type) request.headers.delete('content-type');
    return readJson(request, anything, types).then(
      () => 'taken',
      (error) => error.code,
    );
  };

  it.each<[string, string, string]>([
    ['{}', 'application/json', 'taken'],
    ['{}', 'Application/JSON ; charset=utf-8', 'taken'],
    ['{}', '', 'media-type-wrong'],
    ['{}', 'text/plain', 'media-type-wrong'],
    ['{}', 'application/x-www-form-urlencoded', 'media-type-wrong'],
    ['{}', 'multipart/form-data; boundary=application/json', 'media-type-wrong'],
    ['{}', 'text/plain; application/json', 'media-type-wrong'],
    ['{}', 'application/json, text/plain', 'media-type-wrong'],
    ['{}', 'application/jsonp', 'media-type-wrong'],
    ['', 'text/plain', 'taken'],
    ['', '', 'taken'],
  ])('%j as %j: %s', async (body, type, answer) => {
    expect(await read(body, type)).toBe(answer);
  });

  it('of other types where players send them', async () => {
    const types = ['application/json', 'application/octet-stream', ''];
    expect(await read('{}', '', types)).toBe('taken');
    expect(await read('{}', 'application/octet-stream', types)).toBe('taken');
    expect(await read('{}', 'text/plain', types)).toBe('media-type-wrong');
  });
});
