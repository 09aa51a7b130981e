import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const tool = (setting: string, name: string) => process.env[setting] ?? name;

/** What the Dockerfile says about running it. */
interface ImageConfig {
  Env: string[];
  Entrypoint: string[];
  Cmd: string[];
  WorkingDir: string;
  User: string;
  Healthcheck: { Test: string[] };
}

/** An image that was built, and its files. */
export interface Image {
  /** Its files as one folder. */
  files: string;
  sizeBytes: number;
  config: ImageConfig;
  remove(): void;
}

/**
 * Builds the image from the repository, without a daemon. Its bases are made of Debian's packages and the
 * project's Node.js, unless PUBLIC_BASES is set: then they are those that the Dockerfile names.
 */
export function buildImage(folder: string): Image {
  const stored = ['--root', `${folder}/images`, '--runroot', `${folder}/run`, '--storage-driver', 'vfs'];
  const buildah = (...args: string[]) => run(tool('BUILDAH_PATH', 'buildah'), [...stored, ...args]);
  const bases = process.env.PUBLIC_BASES ? [] : makeBases(folder, buildah);
  const given = bases.flatMap(([name, image]) => ['--build-arg', `${name}=${image}`]);
  buildah('bud', '--isolation', 'chroot', '--format', 'docker', ...given, '-t', 'cenclave', root);
  buildah('from', '--name', 'container', 'localhost/cenclave');
  const described = JSON.parse(buildah('inspect', '--type', 'image', 'localhost/cenclave'));
  const files = buildah('mount', 'container').trim();
  return {
    files,
    sizeBytes: Number(run('du', ['-sb', files]).split('\t')[0]),
    config: described.Docker.config,
    remove() {
      buildah('umount', 'container');
      buildah('rm', 'container');
    },
  };
}

type Buildah = (...args: string[]) => string;

/** Makes stand-ins for debian:bookworm-slim and node:24-bookworm-slim; returns the build arguments. */
function makeBases(folder: string, buildah: Buildah): [string, string][] {
  const debian = path.join(folder, 'debian.tar');
  const options = ['--variant=apt', '--include=ca-certificates', 'bookworm', debian];
  run(tool('MMDEBSTRAP_PATH', 'mmdebstrap'), ['--quiet', ...options]);
  buildah('from', '--name', 'debian', 'scratch');
  buildah('add', 'debian', debian, '/');
  buildah('commit', 'debian', 'localhost/debian-base');
  buildah('add', 'debian', nodeFiles(folder), '/');
  const certificates = process.env.NODE_EXTRA_CA_CERTS;
  if (certificates) {
    // This machine reaches the registry through a proxy with a certificate of its own.
    buildah('add', 'debian', certificates, '/etc/own-certificates.pem');
    buildah('config', '--env', 'NODE_EXTRA_CA_CERTS=/etc/own-certificates.pem', 'debian');
  }
  buildah('commit', 'debian', 'localhost/node-base');
  buildah('rm', 'debian');
  return [
    ['BASE', 'localhost/debian-base'],
    ['BUILD_BASE', 'localhost/node-base'],
  ];
}

/** A folder with the Node.js of this process, and the npm of this machine, as in Node's own image. */
function nodeFiles(folder: string): string {
  const local = path.join(folder, 'node/usr/local');
  mkdirSync(path.join(local, 'bin'), { recursive: true });
  mkdirSync(path.join(local, 'lib/node_modules'), { recursive: true });
  copyFileSync(process.execPath, path.join(local, 'bin/node'));
  const npm = path.resolve(realpathSync(run('which', ['npm']).trim()), '../..');
  run('cp', ['-a', npm, path.join(local, 'lib/node_modules/npm')]);
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', path.join(local, 'bin/npm'));
  return path.join(folder, 'node');
}

/** Runs a program, and returns its output; an error has all of it. */
function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    throw new Error(`${program} ${args.join(' ')}: ${error}\n${stdout}\n${stderr}`.slice(-20_000));
  }
}
