// @ts-check
import { endAllChildren, isStopping } from './start-child.mjs';

/** Time for a child to finish by itself (the server: to close its requests) before it is killed. */
const graceMs = 15_000;
const parentCheckMs = 500;

/**
 * On SIGINT, SIGTERM or SIGHUP, and when npm has gone: ends every child, then exits.
 * @param {number} exitCode
 */
export function stopOnSignals(exitCode) {
  const stop = async () => {
    // npm forwards a SIGINT that the terminal has already sent to us: the second one means nothing.
    if (isStopping()) return;
    await endAllChildren(graceMs);
    // Not at once: code that waited for a child still has to clean up.
    setImmediate(() => process.exit(exitCode));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
  if (process.env.npm_lifecycle_event) whenParentHasGone(stop);
}

/**
 * npm starts scripts through a shell, which dies of a signal without passing it on; without this check,
 * nothing would stop this process.
 * @param {() => void} stop
 */
function whenParentHasGone(stop) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, parentCheckMs);
  timer.unref();
}
