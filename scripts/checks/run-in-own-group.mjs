// @ts-check
import { startChild } from '../process/start-child.mjs';

/** Time for a step to clean up after itself (its servers, its browsers) before it is killed. */
const graceMilliseconds = 5_000;

/**
 * Runs a command in its own process group, which ends with it: no server or encoder of a test stays behind.
 * @param {readonly string[]} argv
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, limitMilliseconds: number }} options
 * @returns {Promise<boolean>} whether it ended in time and with success
 */
export async function runInOwnGroup(argv, { limitMilliseconds, ...options }) {
  const { child, ended, end } = startChild(argv, {
    ...options,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end(graceMilliseconds);
  }, limitMilliseconds);
  const { code, notFound } = await ended;
  clearTimeout(timer);
  if (notFound) console.error(`${argv[0]} is not installed.`);
  if (late) console.error(`${argv[0]} did not end in time and was stopped.`);
  if (child.pid !== undefined) endGroup(child.pid);
  return code === 0 && !late;
}

/** @param {number} pid of the group's first process, which has ended */
function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
    console.error('It left processes behind, which were ended.');
  } catch {
    // Nothing is left.
  }
}
