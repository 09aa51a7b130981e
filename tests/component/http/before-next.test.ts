import { randomBytes } from 'node:crypto';
import { readdir, readlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '@/lib/base/errors';
import { type Answer, answerBeforeNext, sendAnswer } from '@/lib/http/before-next';
import { withExchange } from '@/lib/http/bridge';
import { setSecurityHeaders } from '@/lib/http/security-headers';
import { sendFile } from '@/lib/http/send-file';
import { localStore } from '@/lib/storage/local-store';
import { tempFolder } from '@/tests/harness/temp-folder';

const options = { type: 'video/mp4', cacheControl: 'no-cache' };
const pieces = 5;
const bytes = randomBytes(pieces * 256 * 1024 + 77);

/** A server with a file under /files/, and another handler for all other paths. */
async function serve() {
  const folder = tempFolder();
  const file = path.join(folder, 'track.mp4');
  await writeFile(file, bytes);
  const store = localStore(folder);
  const answer: Answer = async (head, [name = '']) => {
    const found = await store.open(name);
    if (!found) throw new AppError('media-not-found', 'There is no such file in this package.');
    return sendFile(head, found, options);
  };
  const server: Server = createServer((request, response) => {
    setSecurityHeaders(response);
    withExchange({ response, principal: { kind: 'everybody' } }, async () => {
      const answered = await answerBeforeNext([[/^\/files\/([\w.]+)$/, answer]], request);
      if (answered) await sendAnswer(answered, response);
      else response.end('another');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { file, port, origin: `http://127.0.0.1:${port}` };
}

it('leaves other paths and other methods to the previous handler', async () => {
  const { origin } = await serve();
  const get = await fetch(`${origin}/`);
  expect(await get.text()).toBe('another');
  const post = await fetch(`${origin}/files/track.mp4`, { method: 'POST' });
  expect(await post.text()).toBe('another');
});

it('answers errors as problems, with the headers of every answer', async () => {
  const { origin } = await serve();
  const response = await fetch(`${origin}/files/none.mp4`);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await response.json()).toMatchObject({ code: 'media-not-found' });
});

it('sends the requested ranges, byte for byte, many at once', async () => {
  const { origin } = await serve();
  const ranges = Array.from({ length: 60 }, (_, i) => [i * 1000, bytes.length - 1 - i * 19_000] as const);
  await Promise.all(
    ranges.map(async ([start, end]) => {
      const response = await fetch(`${origin}/files/track.mp4`, {
        headers: { Range: `bytes=${start}-${end}` },
      });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${bytes.length}`);
      const received = Buffer.from(await response.arrayBuffer());
      expect(received.equals(bytes.subarray(start, end + 1))).toBe(true);
    }),
  );
  const whole = await fetch(`${origin}/files/track.mp4`);
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
});

it.runIf(process.platform === 'linux')('closes the files of clients that disconnect', async () => {
  const { file, port } = await serve();
  const ask = 'GET /files/track.mp4 HTTP/1.1\r\nHost: a\r\n\r\n';
  for (let i = 0; i < 20; i += 1) {
    // Several requests on one connection: those after the first have not begun when it closes.
    const client = connect(port, '127.0.0.1', () => client.write(ask.repeat(5)));
    await new Promise((resolve) => client.once('data', resolve));
    client.destroy();
  }
  await vi.waitFor(async () => expect(await openTimes(file)).toBe(0), 10_000);
});

it.runIf(process.platform === 'linux')(
  'opens one file at a time for requests in one packet',
  async () => {
    const { file, port } = await serve();
    const asked = 100;
    const ask = (more = '') => `GET /files/track.mp4 HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => void client.destroy());
    client.write(ask().repeat(asked - 1) + ask('Connection: close\r\n'));
    let readBytes = 0;
    let mostOpen = 0;
    for await (const part of client) {
      readBytes += part.length;
      mostOpen = Math.max(mostOpen, await openTimes(file));
    }
    expect(readBytes).toBeGreaterThan(asked * bytes.length);
    // Counting takes a while, and may include files that were open one after the other.
    expect(mostOpen).toBeLessThan(10);
  },
  60_000,
);

/** How often this process has a file open. */
async function openTimes(file: string): Promise<number> {
  const links = await readdir('/proc/self/fd');
  const targets = await Promise.all(links.map((link) => readlink(`/proc/self/fd/${link}`).catch(() => '')));
  return targets.filter((target) => target === file).length;
}
