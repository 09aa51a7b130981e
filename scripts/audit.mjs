// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { judgeAdvisories, lockFileProblems } from './checks/judge-packages.mjs';
import { runMain } from './run-main.mjs';

// Gives up within seconds when the registry does not answer.
const ask = ['audit', '--omit=dev', '--json', '--fetch-retries=1', '--fetch-timeout=15000'];
const timeout = 60_000;

/** Checks the npm packages of the app: their lock file, and known vulnerabilities. */
await runMain(
  async (root) => {
    const readJson = (/** @type {string} */ name) => JSON.parse(readFileSync(`${root}/${name}`, 'utf8'));
    const faults = lockFileProblems(readJson('package-lock.json'), readJson('package.json').allowScripts);
    for (const fault of faults) console.error(fault);
    if (faults.length === 0)
      console.log('package-lock.json: every package has a hash, and is the registry’s.');
    const { stdout } = spawnSync('npm', ask, { cwd: root, encoding: 'utf8', timeout });
    const { isRefused, sentences } = judgeAdvisories(stdout ?? '');
    for (const sentence of sentences) console[isRefused ? 'error' : 'log'](sentence);
    return faults.length > 0 || isRefused ? 1 : 0;
  },
  { exitCodeWhenStopped: 1 },
);
