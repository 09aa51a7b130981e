// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage
 */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lock */

/** @param {string} root */
export const stampFile = (root) => path.join(root, 'node_modules/.cenclave-lock-hash');

/** @param {string} root */
export const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');

/**
 * Whether node_modules matches package-lock.json: installed by these scripts (the stamp), or by hand.
 * @param {string} root
 */
export function packagesAreInstalled(root) {
  if (!existsSync(path.join(root, 'node_modules/.bin/node'))) return false;
  const stamp = stampFile(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(root)) return true;
  // npm's own record of what it installed.
  const installed = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
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
