// @ts-check
import { PlainError } from '../plain-error.mjs';
import { ensureTool } from './ensure-tool.mjs';
import { tools } from './tools.mjs';

/** @typedef {{ platform: string, isRoot: boolean }} Machine */

/**
 * Installs bubblewrap, in which FFmpeg and Shaka Packager run, in the same way as FFmpeg. If that is not
 * possible, the start continues with a warning, except as root, whose privileges the tools would have, or if
 * the sandbox is required. The server itself finds out whether bubblewrap works on this machine.
 * @param {NodeJS.ProcessEnv} env
 * @param {Machine} [machine]
 */
export async function ensureSandbox(env, machine = thisMachine()) {
  // bubblewrap needs features of Linux.
  if (machine.platform !== 'linux' || env.SANDBOX === 'off') return;
  try {
    await ensureTool(tools.bwrap, env);
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    const refusal = refusalWithout(env, machine);
    if (refusal !== null) throw new PlainError(`${refusal}${error.message}`, error.toolOutput);
    console.warn(`Tools will run without a sandbox. ${error.message}`);
  }
}

const thisMachine = () => ({ platform: process.platform, isRoot: process.geteuid?.() === 0 });

/**
 * The sentence to put before the reason why bubblewrap is missing, if Cenclave may not start without it; else
 * null.
 * @param {NodeJS.ProcessEnv} env
 * @param {Machine} machine
 */
function refusalWithout(env, { isRoot }) {
  // The operator named a program that does not exist.
  if (env.BWRAP_PATH) return '';
  if (env.SANDBOX === 'required') return 'The setting SANDBOX is "required". ';
  if (!isRoot) return null;
  return 'Cenclave does not run as root without a sandbox: FFmpeg would read uploads with all of root’s privileges. Run it as another user, install the sandbox, or set SANDBOX=off to start anyway. ';
}
