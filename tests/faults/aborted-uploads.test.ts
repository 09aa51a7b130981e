import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeExpiredUploads } from '@/lib/uploads/remove-expired-uploads';
import { type AppServer, startAppServer } from '../harness/app-server';
import { reportFault, times } from '../harness/fault-table';
import { seededRandom } from '../harness/seeded-random';
import { filesBelow } from '../harness/temp-folder';
import { beginUpload, endUpload, tusBytes } from '../harness/tus';

const announcedBytes = 3_000_000;
const atOnce = 8;

let server: AppServer;
beforeAll(async () => {
  server = await startAppServer();
});
afterAll(() => server.stop());

/** How one upload is aborted. */
interface AbortedRequest {
  head: string[];
  /** The part of the body that is sent. */
  body: Buffer;
  /** With 0 the client disconnects at once, else when the server may have read the body. */
  waitMs: number;
}

async function sendAndDisconnect({ head, body, waitMs }: AbortedRequest): Promise<void> {
  const socket = connect(server.port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  const text = [...head, `Host: localhost:${server.port}`, `Content-Length: ${announcedBytes}`, '', ''].join(
    '\r\n',
  );
  socket.write(Buffer.concat([Buffer.from(text), body]));
  await sleep(waitMs);
  socket.destroy();
}

const partHead = '--B\r\nContent-Disposition: form-data; name="file"; filename="x.mp4"\r\n\r\n';
const formType = 'Content-Type: multipart/form-data; boundary=B';

function patch(url: string): string[] {
  const headers = Object.entries({ ...tusBytes, 'Upload-Offset': '0' });
  return [`PATCH ${new URL(url).pathname} HTTP/1.1`, ...headers.map((header) => header.join(': '))];
}

/** Aborts one upload at random: a form, or one by tus, which is then terminated or left to expire. */
async function abortOne(random: () => number): Promise<void> {
  const kind = Math.floor(random() * 6);
  const body = Buffer.alloc(Math.floor(random() * announcedBytes), 'x');
  const waitMs = random() < 0.5 ? 0 : random() * 20;
  const address = ['/api/videos', '/upload', '/upload_input_content'][kind];
  if (address) {
    const head = [`POST ${address} HTTP/1.1`, formType];
    return sendAndDisconnect({ head, body: Buffer.concat([Buffer.from(partHead), body]), waitMs });
  }
  const url = await beginUpload(server.origin, announcedBytes);
  if (kind > 3) await sendAndDisconnect({ head: patch(url), body, waitMs });
  if (kind < 5) expect((await endUpload(url)).status).toBe(204);
}

const leftFiles = async () =>
  (await filesBelow(server.storage)).filter((file) =>
    /^(incoming|uploads|work\/[^/]+\/jobs|packages)/.test(file),
  );
const rows = async () => (await (await fetch(`${server.origin}/api/videos`)).json()).items.length;

/** The files and sockets that the server holds open. */
function openDescriptors(): number {
  const folder = `/proc/${server.pid}/fd`;
  const targets = readdirSync(folder).map((fd) => {
    try {
      return readlinkSync(path.join(folder, fd));
    } catch {
      return '';
    }
  });
  return targets.filter((target) => target.startsWith(server.storage) || target.startsWith('socket:')).length;
}

it('aborted uploads leave nothing behind', async (context) => {
  const tried = times({ full: 1000, quick: 60 });
  const random = seededRandom(4);
  // The client keeps idle connections: about as many as it uses at once, and none for longer than 75 s.
  await Promise.all(Array.from({ length: atOnce }, rows));
  const openBefore = openDescriptors();
  for (let done = 0; done < tried; done += atOnce)
    await Promise.all(Array.from({ length: Math.min(atOnce, tried - done) }, () => abortOne(random)));
  await expect
    .poll(
      async () => {
        // A negative lifetime: as if a day had gone by.
        await removeExpiredUploads(server.storage, -1);
        return leftFiles();
      },
      { timeout: 10_000 },
    )
    .toEqual([]);
  await expect.poll(openDescriptors, { timeout: 100_000 }).toBeLessThanOrEqual(openBefore);
  const lost = (await leftFiles()).length + (await rows());
  reportFault(context, { fault: 'upload aborted at a random byte', tried, survived: tried - lost, lost });
  expect(lost).toBe(0);
  expect(server.output()).not.toMatch(/uncaught|unhandled/i);
});
