import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { endDeadGroups } from '@/lib/processes/end-dead-groups';
import { groupMark, startOf } from '@/lib/processes/group-records';
import { ProcessGroups } from '@/lib/processes/process-groups';
import { runningFolder } from '@/lib/storage/folders';
import { tempFolder } from '../harness/temp-folder';
import { tools } from '../harness/tool-runner';

// Only Linux reports when a process started.
const onLinux = it.runIf(process.platform === 'linux');

/** A tool with a child, in its own process group. */
async function startGroup(mark: Record<string, string> = {}) {
  const child = spawn('sh', ['-c', 'sleep 600 & echo $!; wait'], {
    detached: true,
    env: { ...process.env, ...mark },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const [line] = await once(child.stdout, 'data');
  const leader = child.pid ?? 0;
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-leader, 'SIGKILL');
  });
  return { leader, member: Number(line), ended };
}

/** The storage folder of a server that started a group and died before it removed the record. */
function recorded(leader: number): string {
  const root = tempFolder();
  const groups = new ProcessGroups();
  groups.keepRecords(root);
  groups.track(leader);
  return root;
}

onLinux('a group that a dead server left running is ended, with all its processes', async () => {
  const { leader, member, ended } = await startGroup();
  const root = recorded(leader);
  await endDeadGroups(root);
  expect(await ended).toEqual([null, 'SIGKILL']);
  await expect.poll(() => startOf(member)).toBeNull();
  await endDeadGroups(root); // a second time, there is nothing to do
});

onLinux('a group whose server died before it recorded the group is ended by its mark', async () => {
  const root = tempFolder();
  const { leader, member, ended } = await startGroup(groupMark(runningFolder(root)));
  const other = await startGroup();
  await endDeadGroups(tempFolder()); // groups of another storage folder are left alone
  expect([startOf(leader), startOf(member)]).not.toContain(null);
  await endDeadGroups(root);
  expect(await ended).toEqual([null, 'SIGKILL']);
  await expect.poll(() => startOf(member)).toBeNull();
  expect(startOf(other.leader)).not.toBeNull();
});

onLinux.each([
  [
    'started at another time',
    (record: string) => record.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
  ],
  [
    'started after another boot',
    (record: string) => record.replace(/^\S+/, '00000000-0000-4000-8000-000000000000'),
  ],
  ['has half a record', () => ''],
])('a process with the same id that %s is left alone', async (_, change) => {
  const { leader, member } = await startGroup();
  const root = recorded(leader);
  const file = path.join(runningFolder(root), String(leader));
  const record = readFileSync(file, 'utf8');
  expect(change(record)).not.toBe(record);
  writeFileSync(file, change(record));
  await endDeadGroups(root);
  for (const id of [leader, member]) expect(startOf(id)).not.toBeNull();
});

onLinux('a record of a process that is gone, and a file that is no record, are ignored', async () => {
  const { leader, ended } = await startGroup();
  const root = recorded(leader);
  process.kill(-leader, 'SIGKILL');
  await ended;
  writeFileSync(path.join(runningFolder(root), '.nothing'), 'x');
  await endDeadGroups(root);
  await endDeadGroups(tempFolder()); // a new storage folder
});

onLinux('a tool is recorded while it runs, also after its wrappers have handed over to it', async () => {
  await tools.sandbox(); // runs a tool to find out what is available
  const root = tempFolder();
  tools.groups.keepRecords(root);
  const records = () => readdirSync(runningFolder(root));
  const stopping = new AbortController();
  const running = tools.run({
    command: 'sleep',
    args: ['600'],
    timeoutSeconds: 20,
    signal: stopping.signal,
  });
  running.catch(() => {});
  await expect.poll(records).toHaveLength(1);
  const leader = Number(records()[0]);
  const command = () => readFileSync(`/proc/${leader}/cmdline`, 'utf8').replaceAll('\0', ' ');
  await expect.poll(command).not.toContain('prlimit');
  expect(readFileSync(path.join(runningFolder(root), String(leader)), 'utf8')).toBe(startOf(leader));
  stopping.abort(new Error('Stop.'));
  await expect(running).rejects.toThrow('Stop.');
  expect(records()).toEqual([]);
});
