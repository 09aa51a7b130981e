import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { withExchange } from '@/lib/http/bridge';
import { endSilentConnection, type SilenceLimits } from '@/lib/http/end-silent-connections';
import { receiveUpload } from '@/lib/http/receive-upload';
import { DiskReservations } from '@/lib/storage/disk-reservations';
import { prepareFolders } from '@/lib/storage/folders';
import { BlockWriter } from '@/lib/storage/write-behind';
import { answerUpload } from '@/lib/uploads/answer-upload';
import { openTusServer } from '@/lib/uploads/tus-server';
import { sampleContext } from '@/tests/harness/sample-context';
import { tempFolder } from '@/tests/harness/temp-folder';

const silence = 2500;

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

const patient: SilenceLimits = { silenceMs: silence, windowMs: 120_000, leastBytes: 120 * 1024 };
/** At least a thousand bytes in two seconds; the limit of silence is too long to be reached first. */
const hurried: SilenceLimits = { silenceMs: 120_000, windowMs: 2000, leastBytes: 1000 };

/** A client of a server that ends silent connections after `silence`. */
async function connectTo(answer: RequestListener, patience = patient): Promise<Socket> {
  const server = createServer((request, response) => {
    endSilentConnection(request, response, patience);
    answer(request, response);
  });
  server.requestTimeout = 0;
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
  await once(client, 'connect');
  return client;
}

const head = (length: number) => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
const readAll: RequestListener = (request, response) => {
  request.on('error', () => {}).on('end', () => response.end('whole'));
  request.resume();
};

/** What the client reads until it has read `text`, or until the connection ends. */
async function readUntil(client: Socket, text: string): Promise<string> {
  let read = '';
  for await (const bytes of client) {
    read += bytes;
    if (read.includes(text)) break;
  }
  return read;
}

// These tests wait most of the time.
describe.concurrent('a connection', { timeout: 60_000 }, () => {
  it('is ended when it falls silent in the middle of a body', async () => {
    const client = await connectTo(readAll);
    client.write(`${head(1000)}x`);
    expect(await readUntil(client, 'whole')).toBe('');
  });

  it('is ended when it falls silent in its second request', async () => {
    const client = await connectTo(readAll);
    client.write(`${head(1)}x`);
    await once(client, 'data');
    client.write(`${head(1000)}x`);
    expect(await readUntil(client, 'whole')).toBe('');
  });

  it('is left alone while it sends a byte now and then', async () => {
    const client = await connectTo(readAll);
    const answer = readUntil(client, 'whole');
    const dribbles = 40;
    client.write(head(dribbles));
    for (let i = 0; i < dribbles; i += 1) {
      await sleep(silence / 20);
      client.write('x');
    }
    expect(await answer).toMatch(/whole$/);
  });

  it.each([
    ['with a body', `${head(1)}x`],
    ['without one', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('is left alone while a request %s waits for its answer', async (_, request) => {
    const client = await connectTo((incoming, response) => {
      incoming.resume();
      setTimeout(() => response.end('late'), 2 * silence);
    });
    client.write(request);
    expect(await readUntil(client, 'late')).toMatch(/late$/);
  });

  it('is left alone while the server itself is slow to read', async () => {
    const sizeBytes = 1_000_000;
    const client = await connectTo((incoming, response) => {
      incoming.once('timeout', () => readAll(incoming, response));
    });
    client.write(head(sizeBytes));
    client.write(Buffer.alloc(sizeBytes, 'x'));
    expect(await readUntil(client, 'whole')).toMatch(/whole$/);
  });

  it('is ended, with a reason, when its body comes too slowly', async () => {
    const client = await connectTo(readAll, hurried);
    client.write(head(100_000));
    const dripping = setInterval(() => client.writable && client.write('x'), 100);
    const answer = await readUntil(client, 'nothing of the kind');
    clearInterval(dripping);
    expect(answer).toMatch(/^HTTP\/1.1 408 .*"code":"body-too-slow"/s);
  });

  it('is left alone while its body comes slowly', async () => {
    const client = await connectTo(readAll, hurried);
    const pieces = 50;
    client.write(head(pieces * 1000));
    const answer = readUntil(client, 'whole');
    for (let i = 0; i < pieces; i += 1) {
      await sleep(100);
      client.write('x'.repeat(1000));
    }
    expect(await answer).toMatch(/whole$/);
  });

  it('is left alone while a body waits to be read', async () => {
    const client = await connectTo((incoming, response) => {
      incoming.pause();
      setTimeout(() => readAll(incoming, response), 2.5 * hurried.windowMs);
    }, hurried);
    client.write(head(10));
    client.write('x'.repeat(9));
    setTimeout(() => client.write('x'), 3 * hurried.windowMs);
    expect(await readUntil(client, 'whole')).toMatch(/whole$/);
  });

  it('is left alone while its client pauses in an answer', async () => {
    const body = Buffer.alloc(32 * 1024 * 1024, 'x');
    const client = await connectTo((_, response) => response.end(body));
    client.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    await sleep(2 * silence);
    let readBytes = 0;
    for await (const bytes of client) readBytes += bytes.length;
    expect(readBytes).toBeGreaterThan(body.length);
  });
});

it('leaves neither files nor reserved space of an upload that falls silent', {
  timeout: 60_000,
}, async () => {
  const folder = tempFolder();
  const limits = { maxBytes: 1e6, checkName: () => {}, folder };
  const reservations = new DiskReservations();
  let refusal: unknown;
  const client = await connectTo((incoming, response) => {
    const request = new Request('http://a/', {
      method: 'POST',
      headers: incoming.headers as never,
      body: '',
    });
    const principal = { kind: 'everybody' } as const;
    withExchange({ response, principal }, () => {
      receiveUpload(
        { reservations, blocks: new BlockWriter(), principal },
        request,
        limits,
        async () => {},
      ).catch((error) => {
        refusal = error;
      });
    });
  });
  const part = '--B\r\nContent-Disposition: form-data; name="file"; filename="x.mp4"\r\n\r\nxxx';
  const headers = 'Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 100000';
  client.write(`POST / HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n${part}`);
  await vi.waitFor(async () => expect(await readdir(folder, { recursive: true })).toHaveLength(2), 10_000);
  expect(reservations.heldBytes()).toBeGreaterThan(0);
  expect(await readUntil(client, 'HTTP')).toBe('');
  await vi.waitFor(() => expect(refusal).toMatchObject({ code: 'body-cut-off' }), 10_000);
  expect(await readdir(folder)).toEqual([]);
  expect(reservations.heldBytes()).toBe(0);
});

it('keeps the bytes of a tus upload that falls silent, and its reserved space for ten minutes', {
  timeout: 60_000,
}, async () => {
  const context = sampleContext();
  await prepareFolders(context.settings.STORAGE_DIR);
  const tus = openTusServer(context, () => context);
  const address = 'http://a/api/uploads';
  const metadata = `filename ${Buffer.from('x.mp4').toString('base64')}`;
  const announced = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '1000', 'Upload-Metadata': metadata };
  const begin = { url: address, method: 'POST', headers: new Headers(announced), body: null };
  const begun = await answerUpload(tus, begin);
  const id = begun.headers.get('location')?.split('/').at(-1) ?? '';
  let answered: Response | undefined;
  const client = await connectTo(async (incoming) => {
    const { method = '' } = incoming;
    const headers = new Headers(incoming.headers as Record<string, string>);
    answered = await answerUpload(tus, { url: `${address}/${id}`, method, headers, body: incoming }, id);
  });
  const headers = 'Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream';
  client.write(`PATCH / HTTP/1.1\r\nHost: a\r\n${headers}\r\nContent-Length: 1000\r\n\r\nxxx`);
  expect(await readUntil(client, 'HTTP')).toBe('');
  await vi.waitFor(() => expect(answered?.ok).toBe(false), 10_000);
  expect(context.reservations.heldBytes()).toBe(997);
  expect(context.reservations.heldBytes(Date.now() + 11 * 60 * 1000)).toBe(0);
  const asked = {
    url: `${address}/${id}`,
    method: 'HEAD',
    headers: new Headers({ 'Tus-Resumable': '1.0.0' }),
    body: null,
  };
  expect((await answerUpload(tus, asked, id)).headers.get('upload-offset')).toBe('3');
});
