import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageView } from '@/lib/packages/package-view';
import type { VideoView } from '@/lib/videos/video-view';
import { clip, drawClip, h264, picture, tone } from '../fixtures/clips';
import { packageUntilReady, postJson, untilReady, uploadFile } from '../support/api';
import { type AppServer, startAppServer } from '../support/app-server';
import { tellFault, times } from '../support/fault-table';
import { largeVideo } from '../support/tus';

const MB = 1_000_000;
/** Keeps two jobs busy while the full load runs. */
const film = () =>
  drawClip('load.mp4', [...picture('1280x720', 25, 12), ...tone(440, 12), ...h264, '-c:a', 'aac']);

const isFull = times({ full: 1, quick: 0 }) === 1;

let server: AppServer;
let published: PackageView;
let busy: VideoView;
beforeAll(async () => {
  server = await startAppServer({ JOB_CONCURRENCY: '2' });
  const video = await uploadFile(server.origin, clip('h264-aac.mp4'));
  published = await packageUntilReady(server.origin, video.id);
  busy = await uploadFile(server.origin, isFull ? film() : clip('h264-aac.mp4'));
});
afterAll(() => server.stop());

/** What came of requests: how many, and those that went wrong, in words. */
interface Outcome {
  tried: number;
  faults: string[];
}

async function countFaults(attempts: Promise<string | null>[]): Promise<Outcome> {
  const results = await Promise.all(
    attempts.map((attempt) => attempt.catch((error) => `${error} (${error.cause})`)),
  );
  return { tried: results.length, faults: results.filter((fault) => fault !== null) };
}

async function upload(body: Blob): Promise<string | null> {
  const form = new FormData();
  form.append('file', body, 'x.mp4');
  const answer = await fetch(`${server.origin}/api/videos`, { method: 'POST', body: form });
  const { id, sizeBytes, detail } = await answer.json();
  if (answer.status !== 201) return `upload: ${answer.status} ${detail}`;
  if (sizeBytes !== body.size) return `upload: ${sizeBytes} bytes came`;
  const removed = await fetch(`${server.origin}/api/videos/${id}`, { method: 'DELETE' });
  return removed.status === 204 ? null : `delete: ${removed.status}`;
}

/** Plays a track as a player does, by ranges of 64 KiB. */
async function watch(file: string): Promise<string | null> {
  const url = server.origin + path.posix.join(path.posix.dirname(published.links.manifest ?? ''), file);
  const step = 64 * 1024;
  for (let start = 0, size = 1; start < size; start += step) {
    const answer = await fetch(url, { headers: { Range: `bytes=${start}-${start + step - 1}` } });
    const bytes = (await answer.arrayBuffer()).byteLength;
    size = Number(answer.headers.get('content-range')?.split('/')[1] ?? 0);
    if (answer.status !== 206 || bytes !== Math.min(step, size - start))
      return `segment: ${answer.status}, ${bytes} bytes`;
  }
  return null;
}

/** Asks for the health again and again; `stop` gives how many milliseconds each answer took. */
function watchHealth(): { stop(): Promise<number[]>; faults: string[] } {
  const taken: number[] = [];
  const faults: string[] = [];
  let isOver = false;
  const loop = async () => {
    while (!isOver) {
      const begun = performance.now();
      const answer = await fetch(`${server.origin}/api/health`).catch((error) => ({ status: String(error) }));
      if (answer.status !== 200) faults.push(`health: ${answer.status}`);
      taken.push(performance.now() - begun);
      await sleep(100);
    }
    return taken.sort((a, b) => a - b);
  };
  const running = loop();
  return {
    faults,
    stop() {
      isOver = true;
      return running;
    },
  };
}

const residentBytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

/** The whole load once: uploads and viewers at once, while two jobs run. */
async function load(uploads: number, viewers: number) {
  const health = watchHealth();
  const jobs: PackageView[] = [];
  for (let i = 0; i < 2; i += 1)
    jobs.push(await (await postJson(`${server.origin}${busy.links.packages}`, {})).json());
  const body = new Blob([largeVideo(20 * MB)]);
  const tracks = published.tracks.map(({ file }) => file);
  const outcome = await countFaults([
    ...Array.from({ length: uploads }, () => upload(body)),
    ...Array.from({ length: viewers }, (_, i) => watch(tracks[i % tracks.length] ?? '')),
  ]);
  const taken = await health.stop();
  for (const job of jobs) {
    await untilReady(server.origin, job);
    await fetch(server.origin + job.links.self, { method: 'DELETE' });
  }
  const [medianMs = 0, worstMs = 0] = [taken[Math.floor(taken.length / 2)], taken.at(-1)].map((ms = 0) =>
    Math.round(ms),
  );
  return { tried: outcome.tried, faults: [...outcome.faults, ...health.faults], medianMs, worstMs };
}

it('uploads and viewers at once, while two jobs run: no error, and the server answers', async (context) => {
  const [uploads, viewers] = [times({ full: 50, quick: 10 }), times({ full: 200, quick: 50 })];

  // The first round grows what the second finds there: code that is compiled, pools, the allocator's own.
  if (isFull) expect((await load(uploads, viewers)).faults).toEqual([]);
  await sleep(isFull ? 5000 : 0);
  const startBytes = residentBytes();
  const { tried, faults, medianMs, worstMs } = await load(uploads, viewers);
  const fault = `${uploads} uploads, ${viewers} viewers, 2 jobs (health ${medianMs} ms, worst ${worstMs} ms)`;
  tellFault(context, { fault, tried, survived: tried - faults.length, lost: faults.length });
  expect(faults).toEqual([]);
  expect(medianMs).toBeLessThan(1000);
  expect(server.output()).not.toMatch(/uncaught|unhandled/i);
  if (!isFull) return;
  const grownMB = () => Math.round((residentBytes() - startBytes) / MB);
  await expect.poll(grownMB, { timeout: 120_000, interval: 1000 }).toBeLessThan(50);
});

/** Clients that send a byte now and then, and never come to an end. */
async function dribble(count: number, head: string): Promise<{ end(): void; areOpen(): number }> {
  const sockets: Socket[] = [];
  for (let i = 0; i < count; i += 1) {
    const socket = connect(server.port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write(head);
    sockets.push(socket);
  }
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x');
  }, 500);
  return {
    areOpen: () => sockets.filter(({ destroyed, readableEnded }) => !destroyed && !readableEnded).length,
    end() {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
}

const slowClients = {
  'slow headers': 'GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  'slow bodies of forms':
    'POST /api/videos HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 100000\r\n\r\n' +
    '--B\r\nContent-Disposition: form-data; name="file"; filename="x.mp4"\r\n\r\n',
  'slow bodies of JSON': `POST /api/videos/1/packages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{`,
};

it.for(Object.entries(slowClients))('%s do not stop others', async ([name, head], context) => {
  const tried = times({ full: 500, quick: 50 });
  const slow = await dribble(tried, head);
  let stopped = tried;
  try {
    const health = watchHealth();
    const body = new Blob([largeVideo(2 * MB)]);
    const tracks = published.tracks.map(({ file }) => file);
    const others = [
      upload(body),
      ...Array.from({ length: 20 }, (_, i) => watch(tracks[i % tracks.length] ?? '')),
    ];
    const { faults } = await countFaults(others);
    const taken = await health.stop();
    stopped = faults.length + health.faults.length;
    expect([...faults, ...health.faults]).toEqual([]);
    expect(taken[Math.floor(taken.length / 2)]).toBeLessThan(1000);
    expect(slow.areOpen()).toBe(tried);
  } finally {
    slow.end();
    tellFault(context, { fault: `${name}: others`, tried, survived: tried - stopped, lost: stopped });
  }
  expect(server.output()).not.toMatch(/uncaught|unhandled/i);
});

it('bodies and headers that are too much are refused', async (context) => {
  const address = `${server.origin}/api/videos/${busy.id}/packages`;
  const deep = '['.repeat(30_000) + ']'.repeat(30_000);
  const requests = {
    413: () => postJson(address, `{"scheme":"${'x'.repeat(10 * MB)}"}`),
    400: () => postJson(address, `{"scheme":${deep}}`),
    431: () => postJson(address, {}, { 'X-Long': 'x'.repeat(17 * 1024) }),
  };
  const rounds = times({ full: 20, quick: 2 });
  const answers: [string, number][] = [];
  for (let i = 0; i < rounds; i += 1)
    for (const [wanted, ask] of Object.entries(requests)) {
      const answer = await ask();
      await answer.arrayBuffer();
      answers.push([wanted, answer.status]);
    }
  const wrong = answers.filter(([wanted, status]) => status !== Number(wanted));
  const tried = answers.length;
  tellFault(context, {
    fault: 'JSON and headers that are too large or deep',
    tried,
    survived: tried - wrong.length,
    lost: wrong.length,
  });
  expect(wrong).toEqual([]);
  expect((await postJson(address, deep)).status).toBe(400);
  expect((await fetch(`${server.origin}/api/health`)).status).toBe(200);
  expect(server.output()).not.toMatch(/uncaught|unhandled/i);
});
