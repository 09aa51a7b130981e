import { describe, expect, it } from 'vitest';
import { type Allowance, sandboxedArgv, type Wrappers } from '@/lib/processes/sandbox-args';
import { valuesOf, words } from '@/tests/harness/sample-argv';

const program = { path: '/usr/bin/ffmpeg', realPath: '/usr/bin/ffmpeg' };
const wrappers: Wrappers = {
  prlimit: '/usr/bin/prlimit',
  nice: '/usr/bin/nice',
  ionice: '/usr/bin/ionice',
  bwrap: '/usr/bin/bwrap',
};
const none: Wrappers = { prlimit: null, nice: null, ionice: null, bwrap: null };
const limits = { dataBytes: 1000, cpuSeconds: 20, fileBytes: 3000, processes: 40 };
const allowance = (part: Partial<Allowance> = {}): Allowance => ({
  weight: 'light',
  limits,
  folder: null,
  reads: [],
  outbox: null,
  ...part,
});
const argv = (part: Partial<Allowance>, by: Partial<Wrappers> = wrappers) =>
  sandboxedArgv(program, ['-i', 'a b'], allowance(part), { ...none, ...by });

describe('without any wrapper', () => {
  it('a tool runs as it is', () => {
    expect(argv({}, none)).toEqual(['/usr/bin/ffmpeg', '-i', 'a b']);
  });
});

describe('limits and priority', () => {
  it('come first, and hold for all that follows', () => {
    expect(argv({}, { ...wrappers, bwrap: null })).toEqual([
      ...words('/usr/bin/prlimit --data=1000 --cpu=20 --fsize=3000 --nproc=40 --core=0'),
      ...words('/usr/bin/nice -n 10'),
      ...['/usr/bin/ffmpeg', '-i', 'a b'],
    ]);
  });

  it('are the lowest possible for encodes', () => {
    expect(argv({ weight: 'heavy' }, { nice: 'nice', ionice: 'ionice' })).toEqual([
      ...words('nice -n 19 ionice -c 3 -t'),
      ...['/usr/bin/ffmpeg', '-i', 'a b'],
    ]);
  });

  it('are left out where they are infinite', () => {
    const unlimited = { ...limits, dataBytes: Number.POSITIVE_INFINITY };
    expect(argv({ limits: unlimited }, { prlimit: 'prlimit' }).slice(0, 2)).toEqual(['prlimit', '--cpu=20']);
  });
});

describe('in bubblewrap', () => {
  const part = { folder: '/work/7/1/tracks', reads: ['/up/a.mp4'], outbox: '/work/7/1/v1-x' };
  const inside = argv(part, { bwrap: 'bwrap' });

  it('a tool begins in its folder, or in its outbox', () => {
    expect(valuesOf(inside, '--chdir')).toEqual(['/work/7/1/tracks']);
    expect(valuesOf(argv({ outbox: '/x' }, { bwrap: 'bwrap' }), '--chdir')).toEqual(['/x']);
    expect(valuesOf(argv({}, { bwrap: 'bwrap' }), '--chdir')).toEqual(['/']);
  });

  it('it may write into its outbox only', () => {
    expect(valuesOf(inside, '--bind')).toEqual(['/work/7/1/v1-x']);
    expect(valuesOf(argv({}, { bwrap: 'bwrap' }), '--bind')).toEqual([]);
    expect(valuesOf(inside, '--remount-ro')).toEqual(['/dev', '/']);
  });

  it('it may read its inputs, programs and libraries', () => {
    expect(valuesOf(inside, '--ro-bind')).toEqual(['/up/a.mp4', '/work/7/1/tracks']);
    for (const name of valuesOf(inside, '--ro-bind-try'))
      expect(name).toMatch(
        /(^|\/)(bin|lib|lib32|lib64|libexec|store|\.linuxbrew|ffmpeg)$|^\/etc\/(ld\.so|alternatives)/,
      );
  });

  it('it sees no network, no other process and no /proc, and has no rights', () => {
    expect(inside).toEqual(
      expect.arrayContaining(['--unshare-net', '--unshare-pid', '--unshare-ipc', '--die-with-parent']),
    );
    expect(inside).not.toContain('--proc');
    expect(valuesOf(inside, '--cap-drop')).toEqual(['ALL']);
  });

  it('its own arguments come last, after the mark that ends options', () => {
    expect(inside.slice(-4)).toEqual(['--', '/usr/bin/ffmpeg', '-i', 'a b']);
  });

  it('a program from elsewhere comes with the libraries beside it, and is run by its real name', () => {
    const other = { path: '/usr/local/bin/ffmpeg', realPath: '/opt/ffmpeg-8/bin/ffmpeg' };
    const args = sandboxedArgv(other, [], allowance(), { ...none, bwrap: 'bwrap' });
    expect(args.at(-1)).toBe('/opt/ffmpeg-8/bin/ffmpeg');
    expect(valuesOf(args, '--ro-bind-try')).toEqual(
      expect.arrayContaining(['/opt/ffmpeg-8/bin/ffmpeg', '/opt/ffmpeg-8/lib', '/opt/ffmpeg-8/lib64']),
    );
  });

  it('of a folder with other files, only the program is visible', () => {
    const other = { path: '/home/me/ffmpeg', realPath: '/home/me/ffmpeg' };
    const shown = valuesOf(
      sandboxedArgv(other, [], allowance(), { ...none, bwrap: 'bwrap' }),
      '--ro-bind-try',
    );
    expect(shown.filter((name) => name.startsWith('/home/me'))).toEqual(['/home/me/ffmpeg']);
  });
});
