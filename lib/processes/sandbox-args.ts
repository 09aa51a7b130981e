import path from 'node:path';
import type { Program } from './find-program';
import type { ToolLimits, Weight } from './tool-limits';

/** The wrappers before a tool's own command; each is left out where it is missing. */
export interface Wrappers {
  prlimit: string | null;
  nice: string | null;
  ionice: string | null;
  bwrap: string | null;
}

/** The permissions of a run. */
export interface Allowance {
  weight: Weight;
  limits: ToolLimits;
  /** Its working directory, which it may read. */
  folder: string | null;
  /** More files or folders that it may read. */
  reads: readonly string[];
  /** The folder that it may write into; its working directory by default. */
  outbox: string | null;
}

/** Programs and libraries. Not all of /usr: a server may be installed there, with its data. */
// biome-ignore format: one group a line
const systemFolders = [
  '/bin', '/lib', '/lib32', '/lib64',
  '/usr/bin', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libexec', '/usr/local/bin', '/usr/local/lib', '/usr/local/lib64',
  '/nix/store', '/gnu/store', '/home/linuxbrew/.linuxbrew',
  // Files with which the loader finds libraries; on Debian, some through the alternatives.
  '/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/alternatives',
];

/**
 * The whole command of a tool with its arguments, as a list: limits come first, so that they hold for
 * everything after them.
 */
export function sandboxedArgv(
  program: Program,
  args: readonly string[],
  allowance: Allowance,
  wrappers: Wrappers,
): [string, ...string[]] {
  const { prlimit, nice, ionice, bwrap } = wrappers;
  const before = [
    ...(prlimit ? [prlimit, ...limitArgs(allowance.limits)] : []),
    ...(nice ? [nice, '-n', String(nicenessOf(allowance.weight))] : []),
    // Idle class: it reads and writes when nobody else does. Somebody may be waiting for a light run.
    ...(ionice && allowance.weight === 'heavy' ? [ionice, '-c', '3', '-t'] : []),
    ...(bwrap ? [bwrap, ...bubblewrapArgs(program, allowance), '--'] : []),
  ];
  const [first, ...rest] = [...before, bwrap ? program.realPath : program.path, ...args];
  return [first ?? program.path, ...rest];
}

/**
 * All tools run below the web server; encodes, which may take every core for hours, below everything else.
 */
export const nicenessOf = (weight: Weight) => (weight === 'heavy' ? 19 : 10);

function limitArgs({ dataBytes, cpuSeconds, fileBytes, processes }: ToolLimits): string[] {
  return [
    `--data=${dataBytes}`,
    `--cpu=${cpuSeconds}`,
    `--fsize=${fileBytes}`,
    `--nproc=${processes}`,
    // A core dump holds keys, and frames of a video.
    '--core=0',
  ].filter((item) => !item.endsWith('=Infinity'));
}

/**
 * A view of the system with programs, libraries and the run's own files only: no network, no other processes
 * (nor a /proc that shows them), no settings, no database. Only the outbox is writable.
 */
function bubblewrapArgs(program: Program, { folder, reads, outbox }: Allowance): string[] {
  // biome-ignore format: one group a line
  return [
    '--unshare-net', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try',
    // Its processes end with the server, however that ends. They stay in its process group, which is a
    // session of its own without a terminal: no --new-session, so that one signal to the group reaches all.
    '--die-with-parent',
    // A server that runs as root passes none of root's rights on.
    '--cap-drop', 'ALL',
    '--dev', '/dev',
    ...systemFolders.flatMap((name) => ['--ro-bind-try', name, name]),
    ...programFiles(program).flatMap((name) => ['--ro-bind-try', name, name]),
    ...[...reads, ...(folder ? [folder] : [])].flatMap((name) => ['--ro-bind', name, name]),
    ...(outbox ? ['--bind', outbox, outbox] : []),
    '--remount-ro', '/dev', '--remount-ro', '/',
    '--chdir', folder ?? outbox ?? '/',
  ];
}

/** The files of a program outside the system folders: itself, and the libraries beside its folder. */
function programFiles({ realPath }: Program): string[] {
  const folder = path.dirname(realPath);
  const libraries = path.basename(folder) === 'bin' ? ['lib', 'lib64'] : [];
  return [realPath, ...libraries.map((name) => path.join(folder, '..', name))];
}
