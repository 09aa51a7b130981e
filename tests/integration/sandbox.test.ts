import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withOutbox } from '@/lib/processes/outbox';
import { toolLimits } from '@/lib/processes/tool-limits';
import type { ProcessRequest } from '@/lib/processes/tool-runner';
import { processesWith } from '../harness/processes';
import { tempFolder } from '../harness/temp-folder';
import { tools } from '../harness/tool-runner';

const { kind, warnings } = await tools.sandbox();
const ofSandbox = it.runIf(kind === 'bubblewrap');

const shell = (script: string, request: Partial<ProcessRequest> = {}) =>
  tools.run({ command: 'bash', args: ['-c', script], timeoutSeconds: 20, ...request });
/** What a script prints, also when it fails. */
const output = async (script: string, request: Partial<ProcessRequest> = {}) =>
  (await shell(`{ ${script}; } 2>&1 || true`, request)).stdout.trim();

it('without a sandbox, a warning says why', () => {
  expect(warnings.some((text) => text.includes('sandbox'))).toBe(kind === 'none');
});

describe('files', () => {
  ofSandbox('of others are not visible', async () => {
    const folder = tempFolder();
    writeFileSync(path.join(tempFolder(), 'secret'), 'secret');
    const seen = await output(`ls ${path.dirname(folder)}; cat /etc/passwd; ls /home /root /proc`, {
      folder,
    });
    expect(seen.split('\n')[0]).toBe(path.basename(folder));
    expect(seen.match(/No such file/g)).toHaveLength(4);
  });

  ofSandbox('that a tool may read cannot be written', async () => {
    const [folder, other] = [tempFolder(), tempFolder()];
    const file = path.join(other, 'given');
    writeFileSync(file, 'given');
    writeFileSync(path.join(other, 'beside'), 'beside');
    const printed = await output(`cat ${file}; ls ${other}; echo x > ${file}`, { folder, reads: [file] });
    expect(printed).toMatch(/^givengiven\n.*Read-only file system$/s);
    expect(readFileSync(file, 'utf8')).toBe('given');
  });

  ofSandbox('can be created in the outbox and nowhere else', async () => {
    const [folder, into] = [tempFolder(), tempFolder()];
    const others = ['', '/dev', '/dev/shm', '/tmp', '/usr/bin', folder, path.dirname(folder)];
    const printed = await withOutbox({ into, names: ['a'] }, (outbox) => {
      const places = others.map((name) => `${name}/x`).join(' ');
      return output(`touch ${outbox.folder}/a; for i in ${places}; do touch $i; done`, { folder, outbox });
    });
    expect(printed.match(/cannot touch/g)).toHaveLength(others.length);
    expect([readdirSync(folder), readdirSync(into)]).toEqual([[], ['a']]);
  });
});

ofSandbox('there is no network except a private loopback', async () => {
  expect(await output('echo > /dev/tcp/127.0.0.1/1')).toMatch(/Connection refused/);
  expect(await output('echo > /dev/tcp/192.0.2.1/80')).toMatch(/Network is unreachable/);
});

it('the server’s environment is not passed on', async () => {
  process.env.CENCLAVE_SECRET = 'secret';
  const printed = await output('env');
  delete process.env.CENCLAVE_SECRET;
  expect(printed).toContain('PATH=');
  expect(printed).not.toContain('secret');
});

describe.runIf(process.platform === 'linux')('limits', () => {
  it('are those of the run, with the lowest priority for encodes', async () => {
    const printed = await output('ulimit -d; ulimit -c; nice', { weight: 'heavy' });
    const [data, core, niceness] = printed.split('\n').map(Number);
    expect(data).toBeGreaterThan(4 * 1024 ** 2);
    expect([core, niceness]).toEqual([0, 19]);
    expect(await output('nice')).toBe('10');
  });

  it('end a process that takes too much memory', async () => {
    const { dataBytes } = toolLimits('light', 1, 1);
    // dd allocates a block before it reads.
    const greedy = `dd if=/dev/null of=/dev/null bs=${dataBytes}`;
    await expect(shell(greedy, { weight: 'heavy' })).resolves.toBeDefined();
    await expect(shell(greedy)).rejects.toMatchObject({
      code: 'tool-failed',
      cause: expect.objectContaining({ message: expect.stringMatching(/memory/) }),
    });
  });

  it('end a process that writes too large a file, with an explanation', async () => {
    const large = withOutbox({ into: path.join(tempFolder(), 'a'), names: [] }, (outbox) =>
      shell('exec dd if=/dev/zero of=large bs=1 count=1 seek=1T', { outbox }),
    );
    await expect(large).rejects.toMatchObject({ code: 'video-too-complex' });
  });
});

describe.runIf(process.platform === 'linux')('an abort', () => {
  it.each(['signal', 'time'])('by %s ends all processes inside', async (how) => {
    const mark = `31.${process.pid}${how.length}`;
    const ending = new AbortController();
    // One of them leaves the process group, which only the sandbox follows.
    const leaver = kind === 'bubblewrap' ? `setsid sleep ${mark} &` : `sleep ${mark} &`;
    const script = `${leaver} sleep ${mark} & sleep ${mark}; true`;
    const timeoutSeconds = how === 'time' ? 2 : 20;
    const run = shell(script, { signal: ending.signal, timeoutSeconds });
    const failure = expect(run).rejects.toThrow(how === 'time' ? /took more than 2 s/ : /enough/);
    await expect.poll(() => processesWith(`sleep ${mark}`).length, { timeout: 10_000 }).toBeGreaterThan(2);
    if (how === 'signal') ending.abort(new Error('enough'));
    await failure;
    await expect.poll(() => processesWith(`sleep ${mark}`), { timeout: 2000 }).toEqual([]);
  });
});

it('a missing tool is reported as missing', async () => {
  const run = shell('', { command: '/nowhere/ffmpeg' });
  await expect(run).rejects.toMatchObject({ code: 'tool-missing' });
  expect(existsSync('/nowhere')).toBe(false);
});
