// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * A server that runs as root does not start without a sandbox. Where a sandbox is not possible, as in most
 * containers, the tests run without one unless SANDBOX is set, and the tests of the sandbox itself are
 * skipped.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ SANDBOX?: string }} what to add to the environment
 */
export function sandboxForTests(env) {
  if (env.SANDBOX || process.geteuid?.() !== 0) return {};
  const trial = ['--unshare-net', '--unshare-pid', '--ro-bind', '/', '/', 'true'];
  const { status } = spawnSync(env.BWRAP_PATH || 'bwrap', trial, { stdio: 'ignore' });
  return status === 0 ? {} : { SANDBOX: 'off' };
}
