// @ts-check
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { mustRunQuietly, runQuietly } from '../process/run-quietly.mjs';
import { chooseInstaller } from './choose-installer.mjs';

/** @typedef {import('./tools.mjs').Tool} Tool */

/**
 * The path of a tool, which is installed first where it is missing and this user may install.
 * @param {Tool} tool
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>}
 */
export async function ensureTool(tool, env) {
  const chosen = env[tool.setting];
  const found = findProgram(chosen ? [chosen] : tool.names, env.PATH);
  if (found) return found;
  if (chosen) {
    const sentence = `The setting ${tool.setting} is "${chosen}", where no program is. Correct it, or leave it out.`;
    throw new PlainError(sentence);
  }
  await installTool(tool, env);
  const installed = findProgram(tool.names, env.PATH);
  if (!installed) {
    throw new PlainError(`${tool.title} was installed, but is not on PATH. Set ${tool.setting} to its path.`);
  }
  return installed;
}

/**
 * @param {Tool} tool
 * @param {NodeJS.ProcessEnv} env
 */
async function installTool(tool, env) {
  const has = (/** @type {string} */ name) => findProgram([name], env.PATH) !== undefined;
  const { command, run } = chooseInstaller(tool, {
    isMac: process.platform === 'darwin',
    hasBrew: has('brew'),
    hasApt: has('apt-get'),
    isRoot: process.getuid?.() === 0,
    // `-n`: never ask for a password.
    hasSudo: has('sudo') && (await runQuietly(['sudo', '-n', 'true'], { env })).ok,
  });
  const install = run.at(-1);
  if (!install) {
    const or = `or set ${tool.setting} to its path`;
    throw new PlainError(`${tool.title} is missing. Install it with: ${command} (${or}), and start again.`);
  }
  console.log(`Installing ${tool.title} … (${command})`);
  // A refresh may fail for a repository that has nothing to do with this package: the install itself decides.
  for (const refresh of run.slice(0, -1)) await runQuietly(refresh, { env });
  await mustRunQuietly(install, { env, failure: `${tool.title} could not be installed. Try: ${command}` });
}

/**
 * The path of the first of these programs that is installed, or undefined.
 * @param {readonly string[]} names names to look for on PATH, or paths
 * @param {string | undefined} searchPath the PATH variable
 */
function findProgram(names, searchPath) {
  const folders = (searchPath ?? '').split(path.delimiter).filter(Boolean);
  const candidates = names.flatMap((name) =>
    name.includes('/') ? [path.resolve(name)] : folders.map((folder) => path.join(folder, name)),
  );
  return candidates.find(canRun);
}

/** @param {string} file */
function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
