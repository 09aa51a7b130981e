// @ts-check
import { PlainError } from '../plain-error.mjs';
import { isStopping, startChild } from '../process/start-child.mjs';
import { withProjectBin } from '../setup/project-node.mjs';
import { serverCommand } from './server-command.mjs';
import { waitUntilReady } from './wait-until-ready.mjs';

/**
 * Runs the server until it ends.
 * @param {string} root
 * @param {{ port: number, host: string }} settings
 * @returns {Promise<number>} the exit code, never 0: a server that ends by itself has failed
 */
export async function serveApp(root, { port, host }) {
  const { args, env } = serverCommand({ port, host });
  const { ended } = startChild(['node', ...args], {
    cwd: root,
    env: {
      ...withProjectBin(root, process.env),
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });

  const over = new AbortController();
  const ready = waitUntilReady({ port, host, publicUrl: process.env.PUBLIC_URL, signal: over.signal });
  const end = await ended;
  over.abort();
  return exitCodeOf(end, await ready);
}

/**
 * @param {import('../process/start-child.mjs').ChildEnd} end
 * @param {boolean} wasReady
 */
function exitCodeOf({ code, signal }, wasReady) {
  if (signal && !isStopping())
    throw new PlainError(`The server was ended by ${signal}. Start it again: npm start`);
  // A server that never became ready has itself reported on stderr why it can't start.
  if (wasReady && !isStopping())
    console.error(`The server stopped by itself (exit code ${code}). Its log says why.`);
  return code || 1;
}
