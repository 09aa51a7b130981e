import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postJson } from '../harness/api';
import { reportFault, times } from '../harness/fault-table';
import { countFaults, startUsedServer, type UsedServer } from '../harness/loaded-server';
import { largeVideo } from '../harness/tus';

const MB = 1_000_000;

let used: UsedServer;
beforeAll(async () => {
  used = await startUsedServer();
});
afterAll(() => used.server.stop());

/** Clients that send a byte now and then, and never finish. */
async function dribble(count: number, head: string): Promise<{ end(): void; areOpen(): number }> {
  const sockets: Socket[] = [];
  for (let i = 0; i < count; i += 1) {
    const socket = connect(used.server.port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write(head.replace('Host: localhost', `Host: localhost:${used.server.port}`));
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
    const health = used.watchHealth();
    const body = new Blob([largeVideo(2 * MB)]);
    const others = [used.upload(body), ...Array.from({ length: 20 }, (_, i) => used.watch(i))];
    const { faults } = await countFaults(others);
    await sleep(times({ full: 3000, quick: 500 }));
    const healthTaken = await health.stop();
    stopped = faults.length + healthTaken.faults.length;
    expect([...faults, ...healthTaken.faults]).toEqual([]);
    // All slow clients connect at once: requests at that moment wait for a second or two, later ones do not.
    expect(healthTaken.medianMs).toBeLessThan(1000);
    expect(slow.areOpen()).toBe(tried);
  } finally {
    slow.end();
    reportFault(context, { fault: `${name}: others`, tried, survived: tried - stopped, lost: stopped });
  }
  expect(used.server.output()).not.toMatch(/uncaught|unhandled/i);
});

it('a connection may stay idle for longer than a proxy keeps it', async () => {
  const socket = connect(used.server.port, '127.0.0.1');
  const ended = once(socket, 'close').then((): never => {
    throw new Error('The server ended the connection.');
  });
  const ask = async () => {
    socket.write(`GET /api/health HTTP/1.1\r\nHost: localhost:${used.server.port}\r\n\r\n`);
    const [head] = await Promise.race([once(socket, 'data'), ended]);
    return String(head);
  };
  try {
    await ask();
    // By default, Node.js ends it after five seconds and one more.
    await sleep(7000);
    const head = await ask();
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    // nginx keeps an idle connection for 60 s.
    expect(Number(/^keep-alive: timeout=(\d+)/im.exec(head)?.[1])).toBeGreaterThan(60);
  } finally {
    socket.destroy();
  }
});

it('bodies and headers that are too large or too deep are refused', async (context) => {
  const address = `${used.server.origin}/api/videos/${used.video.id}/packages`;
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
  reportFault(context, {
    fault: 'JSON and headers that are too large or deep',
    tried,
    survived: tried - wrong.length,
    lost: wrong.length,
  });
  expect(wrong).toEqual([]);
  expect((await postJson(address, deep)).status).toBe(400);
  expect((await fetch(`${used.server.origin}/api/health`)).status).toBe(200);
  expect(used.server.output()).not.toMatch(/uncaught|unhandled/i);
});
