// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { PlainError } from '../plain-error.mjs';

const binFolder = (/** @type {string} */ root) => path.join(root, 'node_modules/.bin');

/**
 * An environment in which `node`, and each tool of the project, is the one in node_modules.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withProjectBin(root, env) {
  return { ...env, PATH: [binFolder(root), ...pathWithout(root, env)].join(path.delimiter) };
}

/**
 * An environment in which `node` and `npm` are the system's.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutProjectBin(root, env) {
  return { ...env, PATH: pathWithout(root, env).join(path.delimiter) };
}

/**
 * Makes sure that the Node in node_modules runs and has the version that its package says.
 * @param {string} root
 */
export function checkProjectNode(root) {
  const wanted = JSON.parse(readFileSync(path.join(root, 'node_modules/node/package.json'), 'utf8')).version;
  const found = versionOf(path.join(binFolder(root), 'node'));
  if (found === `v${wanted}`) return;
  throw new PlainError(
    `Node ${wanted} does not run from node_modules/.bin/node (${found}). Remove the folder node_modules, and start again.`,
  );
}

/** @param {string} binary */
function versionOf(binary) {
  try {
    // From the second `npm start` on, this process runs on that Node, and there is no need to start it again.
    if (realpathSync(binary) === realpathSync(process.execPath)) return process.version;
  } catch {
    return 'it is missing';
  }
  const { stdout, status } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'it does not start on this machine';
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
function pathWithout(root, env) {
  return (env.PATH ?? '').split(path.delimiter).filter((folder) => path.resolve(folder) !== binFolder(root));
}
