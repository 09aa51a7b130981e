// @ts-check
import { spawn } from 'node:child_process';
import { killTree } from './kill-tree.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, notFound: boolean }} ChildEnd */
/**
 * @typedef {{ child: ChildProcess, ended: Promise<ChildEnd>, end: (graceMs: number) => Promise<void> }}
 *   Running
 */

const drainMilliseconds = 1_000;

/** @type {Set<Running>} */
const running = new Set();

let stopping = false;

/** True once the children are being ended: this process is about to exit. */
export const isStopping = () => stopping;

/**
 * Ends every child, and lets no other start.
 * @param {number} graceMs time for a child to finish by itself before it is killed
 */
export async function endAllChildren(graceMs) {
  stopping = true;
  await Promise.all([...running].map((entry) => entry.end(graceMs)));
}

/**
 * The only spawn of these scripts: it keeps track of every child, so that none stays behind.
 * @param {readonly string[]} argv
 * @param {import('node:child_process').SpawnOptions} options `detached` gives the child its own process
 *   group, which is then ended as a whole
 * @returns {Running}
 */
export function startChild([command = '', ...args], options) {
  // Otherwise an interrupted command would continue with its next step.
  if (stopping) throw new Error('Stopping.');
  const child = spawn(command, args, options);
  const ended = whenEnded(child);
  const entry = {
    child,
    ended,
    end: (/** @type {number} */ graceMs) => endChild(entry, options.detached, graceMs),
  };
  running.add(entry);
  ended.then(() => running.delete(entry));
  return entry;
}

/**
 * @param {ChildProcess} child
 * @returns {Promise<ChildEnd>}
 */
function whenEnded(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      // Only a child that never ran ends here; a failed kill also emits 'error'.
      if (child.pid !== undefined) return;
      const missing = 'code' in error && error.code === 'ENOENT';
      resolve({ code: null, signal: null, notFound: missing });
    });
    child.once('exit', (code, signal) => {
      const end = { code, signal, notFound: false };
      // 'close' comes when the last output is read, but never if a grandchild holds on to the pipe.
      const timer = setTimeout(resolve, drainMilliseconds, end);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(end);
      });
    });
  });
}

/**
 * Asks a child to stop, kills it and all below it when the grace time is over, and waits for its end.
 * @param {Running} entry
 * @param {boolean | undefined} ownGroup
 * @param {number} graceMs
 */
async function endChild({ child, ended }, ownGroup, graceMs) {
  const { pid } = child;
  if (pid === undefined) return;
  signal(ownGroup ? -pid : pid, 'SIGTERM');
  const timer = setTimeout(() => {
    killTree(pid);
    if (ownGroup) signal(-pid, 'SIGKILL');
  }, graceMs);
  await ended;
  clearTimeout(timer);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
