import path from 'node:path';
import type { Program } from './find-program';
import type { ToolLimits, Weight } from './tool-limits';

/** The programs that stand before a tool's own; each is left out where it is missing. */
export interface Wrappers {
  prlimit: string | null;
  nice: string | null;
  ionice: string | null;
  bwrap: string | null;
}

/** What a run is allowed. */
export interface Allowance {
  weight: Weight;
  limits: ToolLimits;
  /** Where it starts, and may read. */
  folder: string | null;
  /** More files or folders that it may read. */
  reads: readonly string[];
  /** The folder that it may write into; where it starts unless it has another. */
  outbox: string | null;
}

/** Programs and libraries. Not all of /usr: a server may be installed there, with its data. */
// biome-ignore format: one group a line
const systemFolders = [
  '/bin', '/lib', '/lib32', '/lib64',
  '/usr/bin', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libexec', '/usr/local/bin', '/usr/local/lib', '/usr/local/lib64',
  '/nix/store', '/gnu/store', '/home/linuxbrew/.linuxbrew',
  // How the loader finds libraries; on Debian, some by way of the alternatives.
  '/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/alternatives',
];

/** The whole command, as a list, of a tool with its arguments: limits first, so that they hold for all that follows. */
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
    // Idle: it reads and writes when nobody else does. Light runs are what somebody waits for.
    ...(ionice && allowance.weight === 'heavy' ? [ionice, '-c', '3', '-t'] : []),
    ...(bwrap ? [bwrap, ...bubblewrapArgs(program, allowance), '--'] : []),
  ];
  const [first, ...rest] = [...before, bwrap ? program.realPath : program.path, ...args];
  return [first ?? program.path, ...rest];
}

/** All are below the web server; encodes, which may take every core for hours, are below all else. */
export const nicenessOf = (weight: Weight) => (weight === 'heavy' ? 19 : 10);

function limitArgs({ dataBytes, cpuSeconds, fileBytes, processes }: ToolLimits): string[] {
  return [
    `--data=${dataBytes}`,
    `--cpu=${cpuSeconds}`,
    `--fsize=${fileBytes}`,
    `--nproc=${processes}`,
    // A memory dump holds keys, and frames of a video.
    '--core=0',
  ].filter((item) => !item.endsWith('=Infinity'));
}

/**
 * A view of the system with programs, libraries and the run's own files, and nothing else: no network, no other
 * processes (nor a /proc to see them in), no settings, no database. The outbox alone can be written.
 */
function bubblewrapArgs(program: Program, { folder, reads, outbox }: Allowance): string[] {
  // biome-ignore format: one group a line
  return [
    '--unshare-net', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try',
    // Its processes end with the server, however that ends. They stay in its process group, which is a session of its
    // own without a terminal: no --new-session, so that one signal to the group reaches all.
    '--die-with-parent',
    // A server that runs as root hands none of root's rights on.
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

/** A program that is not among the system's comes with the libraries that lie beside its folder. */
function programFiles({ realPath }: Program): string[] {
  const folder = path.dirname(realPath);
  const libraries = path.basename(folder) === 'bin' ? ['lib', 'lib64'] : [];
  return [realPath, ...libraries.map((name) => path.join(folder, '..', name))];
}
