// @ts-check
import { runningChildren } from './start-child.mjs';

/** Time for a child to finish by itself (the server: to close its requests) before it is killed. */
const graceMs = 15_000;

let stopping = false;

/** True from the first signal on: the children are being ended and this process will exit. */
export const isStopping = () => stopping;

/**
 * On SIGINT, SIGTERM or SIGHUP: ends every child, then exits.
 * @param {number} exitCode
 */
export function stopOnSignals(exitCode) {
  const stop = async () => {
    // npm forwards a SIGINT that the terminal has already sent to us: the second one means nothing.
    if (stopping) return;
    stopping = true;
    await Promise.all(runningChildren().map((entry) => entry.end(graceMs)));
    process.exit(exitCode);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
}
