// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError } from './plain-error.mjs';
import { isStopping } from './process/start-child.mjs';
import { stopOnSignals } from './process/stop-on-signals.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a command in the project's folder and turns its result into an exit code; a failure is reported in one
 * sentence on stderr.
 * @param {(root: string) => Promise<number>} command returns the exit code
 * @param {{ exitCodeWhenStopped: number }} options the exit code after SIGINT, SIGTERM or SIGHUP
 */
export async function runMain(command, { exitCodeWhenStopped }) {
  process.chdir(root);
  // A closed pipe (`npm start | head`) is no reason to stop the server.
  process.stdout.on('error', () => {});
  stopOnSignals(exitCodeWhenStopped);
  try {
    process.exitCode = await command(root);
  } catch (error) {
    // An error caused by the ending of the children is not reported; the signal handler exits.
    if (isStopping()) return;
    report(error);
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function report(error) {
  if (error instanceof PlainError && error.toolOutput) console.error(error.toolOutput);
  console.error(error instanceof Error ? error.message : String(error));
}
