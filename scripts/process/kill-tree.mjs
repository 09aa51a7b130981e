// @ts-check
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** @typedef {{ pid: number, parent: number }} ProcessRow */

/**
 * Every process below one, itself included.
 * @param {number} pid
 * @param {ProcessRow[]} table
 */
export function processTree(pid, table) {
  const found = [pid];
  // The list grows while it is walked: each process found brings its own children.
  for (const parent of found) {
    for (const row of table) if (row.parent === parent && !found.includes(row.pid)) found.push(row.pid);
  }
  return found;
}

/**
 * Ends a process and everything below it at once (SIGKILL): a killed server can't end its own FFmpeg any
 * more.
 * @param {number} pid
 */
export function killTree(pid) {
  for (const each of processTree(pid, readProcessTable())) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** @returns {ProcessRow[]} */
function readProcessTable() {
  // Slim Linux images have no ps; other systems have no /proc.
  return process.platform === 'linux' ? readProc() : readPs();
}

/** @returns {ProcessRow[]} */
function readProc() {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // proc(5): "pid (comm) state ppid …"; comm may hold spaces and brackets, so count from the last
      // bracket.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
    } catch {
      return [];
    }
  });
}

/** @returns {ProcessRow[]} */
function readPs() {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return { pid: pid ?? 0, parent: parent ?? 0 };
  });
}
