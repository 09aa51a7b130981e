import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startOf } from '@/lib/processes/group-records';
import { type AppServer, startAppServer } from '../harness/app-server';
import { reportFault, times } from '../harness/fault-table';
import { runningIn } from '../harness/leftovers';
import { slowLadder, startLongEncode, untilEncoding } from '../harness/long-encode';
import { beside } from '../harness/storage-checks';
import { filesBelow } from '../harness/temp-folder';

const longestEndMs = 15_000;

let server: AppServer;
afterEach(() => server.stop());

const listJobs = () =>
  beside(server.storage, ({ db }) =>
    db.$client.prepare('SELECT attempt, failures, lease_expires_at AS lease FROM jobs').all(),
  );

it('stopped during an encode, the server ends soon, gives the work back, and continues it when restarted', async (context) => {
  const tried = times({ full: 10, quick: 2 });
  const settings = slowLadder();
  server = await startAppServer(settings);
  const pkg = await startLongEncode(server);
  for (let attempt = 1; attempt <= tried; attempt += 1) {
    const { storage, port, pid } = server;
    const tools = () => runningIn(path.join(storage, 'work'));
    await expect.poll(tools).not.toEqual([]);
    process.kill(pid, 'SIGTERM');
    await expect.poll(() => startOf(pid), { timeout: longestEndMs }).toBeNull();
    expect(tools()).toEqual([]);
    expect(await listJobs()).toEqual([{ attempt, failures: 0, lease: null }]);
    expect((await filesBelow(storage)).filter((file) => file.startsWith('work/'))).toEqual([]);
    server = await startAppServer(settings, { storage, port });
    await untilEncoding(server.origin, pkg);
  }
  reportFault(context, { fault: 'server stopped while it encodes', tried, survived: tried, lost: 0 });
});
