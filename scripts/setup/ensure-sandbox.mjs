// @ts-check
import { PlainError } from '../plain-error.mjs';
import { ensureTool, tools } from './ensure-tool.mjs';

/** @typedef {{ platform: string, isRoot: boolean }} Machine */

/**
 * Installs bubblewrap, in which FFmpeg and Shaka Packager run, as FFmpeg is installed. Where that cannot be, the start
 * goes on with a warning; but not as root, whose rights the tools would then have, nor where the sandbox is required.
 * Whether it works here, the server finds out itself.
 * @param {NodeJS.ProcessEnv} env
 * @param {Machine} [machine]
 */
export async function ensureSandbox(env, machine = thisMachine()) {
  // It is made of what Linux has.
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
 * What stands before the reason why bubblewrap is missing where nothing may start without it; else null.
 * @param {NodeJS.ProcessEnv} env
 * @param {Machine} machine
 */
function refusalWithout(env, { isRoot }) {
  // The operator named one, which is not there.
  if (env.BWRAP_PATH) return '';
  if (env.SANDBOX === 'required') return 'The setting SANDBOX is "required". ';
  if (!isRoot) return null;
  return 'Cenclave does not run as root without a sandbox: FFmpeg would read what is uploaded with all of root’s rights. Run it as another user, install the sandbox, or set SANDBOX=off to start in spite of it. ';
}
