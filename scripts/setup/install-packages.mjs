// @ts-check
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { mustRunQuietly } from '../process/run-quietly.mjs';
import { withoutProjectBin } from './project-node.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lock */

// `--include=dev`: the build and Node 24 itself are dev dependencies, which NODE_ENV=production would leave
// out. `--ignore-scripts`: only one package needs its script (see below), and better-sqlite3's would ask for
// Python and make although its binary is in the package.
const flags = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs the packages of package-lock.json, unless they already are.
 * @param {string} root
 */
export async function installPackages(root) {
  if (!packagesAreInstalled(root)) {
    console.log('Installing packages … (about a minute, only when package-lock.json changed)');
    // npm replaces node_modules: it must not run on the Node that lies in there.
    const options = { cwd: root, env: withoutProjectBin(root, process.env) };
    const failure =
      'The packages could not be installed. Check the network and the free disk space, and start again.';
    await mustRunQuietly(['npm', 'ci', ...flags], { ...options, failure });
    await installNode24(options);
  }
  makePackagerRunnable(root);
}

/**
 * The npm package `node` fetches Node's binary in its install script.
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
async function installNode24(options) {
  const failure = 'Node 24 could not be installed from npm. Check the network, and start again.';
  await mustRunQuietly(['npm', 'rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], {
    ...options,
    failure,
  });
}

/**
 * The packager's binaries may come out of the archive without their run bit.
 * @param {string} root
 */
function makePackagerRunnable(root) {
  const folder = path.join(root, 'node_modules/shaka-packager/bin');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const { mode } = statSync(file);
    if (name.startsWith('packager-') && (mode & 0o111) !== 0o111) chmodSync(file, mode | 0o111);
  }
}

/**
 * Whether node_modules matches package-lock.json, by npm's own record of what it installed. Without Node's
 * binary, its install script did not run.
 * @param {string} root
 */
function packagesAreInstalled(root) {
  const installed = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || !existsSync(path.join(root, 'node_modules/.bin/node'))) return false;
  return installMatchesLock(readJson(path.join(root, 'package-lock.json')), readJson(installed));
}

/**
 * Whether every package of a lock file is installed in its version; optional ones may be missing, since they
 * are for another system.
 * @param {Lock} lock
 * @param {Lock} installed
 */
export function installMatchesLock(lock, installed) {
  return Object.entries(lock.packages ?? {}).every(([location, wanted]) => {
    if (location === '') return true;
    const found = installed.packages?.[location];
    if (found) return found.version === wanted.version;
    return Boolean(wanted.optional || wanted.devOptional || wanted.peer);
  });
}

/**
 * @param {string} file
 * @returns {Lock}
 */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
