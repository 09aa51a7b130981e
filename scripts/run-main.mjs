// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError } from './plain-error.mjs';
import { isStopping } from './process/start-child.mjs';
import { stopOnSignals } from './process/stop-on-signals.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a command's story in the project's folder and turns its end into an exit code; a failure is told in one
 * sentence on stderr.
 * @param {(root: string) => Promise<number>} story answers the exit code
 * @param {{ exitCodeWhenStopped: number }} options the exit code after SIGINT, SIGTERM or SIGHUP
 */
export async function runMain(story, { exitCodeWhenStopped }) {
  process.chdir(root);
  // A reader that went away (`npm start | head`) is no reason to stop the server.
  process.stdout.on('error', () => {});
  stopOnSignals(exitCodeWhenStopped);
  try {
    process.exitCode = await story(root);
  } catch (error) {
    // Whatever breaks because the children are being ended is no failure to tell; the signal handler exits.
    if (isStopping()) return;
    tell(error);
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function tell(error) {
  if (error instanceof PlainError && error.toolOutput) console.error(error.toolOutput);
  console.error(error instanceof Error ? error.message : String(error));
}
