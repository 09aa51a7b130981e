// @ts-check
import { PlainError } from '../plain-error.mjs';
import { startChild } from './start-child.mjs';

const keptCharacters = 100_000;
const shownLines = 20;

/** @typedef {{ ok: boolean, output: string }} QuietResult */

/**
 * Runs a command with its output held back.
 * @param {readonly string[]} argv
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<QuietResult>} the end of its output
 */
export async function runQuietly(argv, options = {}) {
  const { child, ended } = startChild(argv, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (/** @type {string} */ text) => {
    output = (output + text).slice(-keptCharacters);
  };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  const { code, notFound } = await ended;
  return { ok: code === 0, output: notFound ? `${argv[0]} was not found.` : output };
}

/**
 * Like runQuietly, but a failure is thrown with the last lines of the output.
 * @param {readonly string[]} argv
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, failure: string }} options `failure` is the sentence to
 *   show
 */
export async function mustRunQuietly(argv, { failure, ...options }) {
  const { ok, output } = await runQuietly(argv, options);
  if (!ok) throw new PlainError(failure, lastLines(output));
}

/** @param {string} output */
function lastLines(output) {
  return output.trimEnd().split('\n').slice(-shownLines).join('\n');
}
