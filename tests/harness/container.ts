import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '@/scripts/process/start-child.mjs';
import { freePort } from './app-server';
import type { Image } from './image';
import type { SeccompRules } from './seccomp';

export interface Container {
  origin: string;
  /** All that it printed so far. */
  output(): string;
  /** Runs a command in it, and returns what that prints. */
  exec(...command: string[]): string;
  /** Asks it to stop, as `docker stop` does; resolves with its exit code. */
  stop(): Promise<number | null>;
}

interface Options {
  /** The folder that is its volume. */
  volume: string;
  settings?: Record<string, string>;
  seccomp: SeccompRules;
  /** Without any network, beside its own loopback interface. */
  isOffline?: boolean;
}

const runc = process.env.RUNC_PATH ?? 'runc';
const longestEndMilliseconds = 15_000;
let count = 0;

/**
 * Runs the image as compose.yaml does: its own user without capabilities, a read-only root, a volume, and
 * /tmp in memory. It shares the network of this machine, instead of a published port.
 */
export async function startContainer(image: Image, folder: string, options: Options): Promise<Container> {
  count += 1;
  const id = `cenclave-test-${process.pid}-${count}`;
  const bundle = path.join(folder, id);
  mkdirSync(bundle);
  const port = await freePort();
  const settings = { PORT: String(port), ...options.settings };
  writeFileSync(path.join(bundle, 'config.json'), JSON.stringify(runtimeConfig(image, settings, options)));
  const common = [runc, '--root', path.join(folder, 'runc')];
  const { child, ended, end } = startChild([...common, 'run', '--bundle', bundle, id], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const [program = '', ...args] = common;
  const command = (...more: string[]) =>
    execFileSync(program, [...args, ...more], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  const container = {
    origin: `http://localhost:${port}`,
    output: () => output,
    exec: (...argv: string[]) => command('exec', id, ...argv),
    async stop() {
      if (child.exitCode === null) command('kill', id, 'SIGTERM');
      const timer = setTimeout(() => end(0), longestEndMilliseconds);
      const { code } = await ended;
      clearTimeout(timer);
      return code;
    },
  };
  await untilHealthy(container, image, () => child.exitCode ?? child.signalCode);
  return container;
}

/** Runs the health check of the image in the container until it succeeds. */
async function untilHealthy(
  { exec, output }: Container,
  image: Image,
  endOf: () => number | string | null,
): Promise<void> {
  const [, ...check] = image.config.Healthcheck.Test;
  for (;;) {
    if (endOf() !== null) throw new Error(`The container ended with ${endOf()}: ${output()}`);
    try {
      exec(...check);
      return;
    } catch {
      await sleep(200);
    }
  }
}

/** The configuration of the OCI runtime specification, 1.0. */
function runtimeConfig(
  { config, files }: Image,
  settings: Record<string, string>,
  { volume, seccomp, isOffline = false }: Options,
) {
  const [uid, gid] = config.User.split(':').map(Number);
  const none = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] };
  const inMemory = (destination: string, ...more: string[]) => ({
    destination,
    type: 'tmpfs',
    source: 'tmpfs',
    options: ['nosuid', ...more],
  });
  return {
    ociVersion: '1.0.2',
    process: {
      user: { uid, gid },
      args: [...config.Entrypoint, ...config.Cmd],
      // Docker adds HOSTNAME and HOME, too.
      env: [...config.Env, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)],
      cwd: config.WorkingDir,
      capabilities: none,
      noNewPrivileges: true,
    },
    root: { path: files, readonly: true },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      inMemory('/dev', 'strictatime', 'mode=755'),
      {
        destination: '/dev/pts',
        type: 'devpts',
        source: 'devpts',
        options: ['newinstance', 'ptmxmode=0666'],
      },
      inMemory('/dev/shm', 'noexec', 'nodev', 'mode=1777'),
      inMemory('/tmp', 'noexec', 'nodev', 'mode=1777'),
      { destination: '/etc/hosts', type: 'bind', source: '/etc/hosts', options: ['rbind', 'ro'] },
      { destination: '/data', type: 'bind', source: volume, options: ['rbind', 'rw', 'nosuid', 'nodev'] },
    ],
    linux: {
      namespaces: ['pid', 'mount', 'ipc', 'uts', ...(isOffline ? ['network'] : [])].map((type) => ({ type })),
      maskedPaths: ['/proc/kcore', '/proc/keys', '/proc/timer_list', '/proc/scsi', '/sys/firmware'],
      readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
      seccomp,
    },
  };
}
