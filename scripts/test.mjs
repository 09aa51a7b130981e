// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addCounts, countsLine, oneFailed } from './checks/count-tests.mjs';
import { runStep } from './checks/run-step.mjs';
import { chooseSteps } from './checks/steps.mjs';
import { runMain } from './run-main.mjs';
import { checkDiskSpace } from './setup/check-disk-space.mjs';
import { installPackages } from './setup/install-packages.mjs';
import { checkProjectNode } from './setup/project-node.mjs';
import { readSettings } from './setup/read-settings.mjs';

/**
 * `npm test`: every check, one after the other, also after a failure; `npm test -- unit types` runs only
 * those.
 */
await runMain(
  async (root) => {
    const steps = chooseSteps(process.argv.slice(2));
    await setUp(root);
    const counts = await runSteps(steps, root);
    console.log(countsLine(counts));
    return counts.failed === 0 ? 0 : 1;
  },
  { exitCodeWhenStopped: 1 },
);

/** @param {string} root */
async function setUp(root) {
  try {
    checkDiskSpace(readSettings(root, process.env).storageDir);
    await installPackages(root);
    checkProjectNode(root);
  } catch (error) {
    // The last line of stdout must show the failure as well; the sentence follows on stderr.
    console.log(countsLine(oneFailed));
    throw error;
  }
}

/**
 * @param {readonly import('./checks/steps.mjs').Step[]} steps
 * @param {string} root
 */
async function runSteps(steps, root) {
  const reportFolder = mkdtempSync(path.join(tmpdir(), 'cenclave-test-'));
  const all = [];
  const summary = [];
  try {
    for (const step of steps) {
      console.log(`\n── ${step.name} ──`);
      const startedAt = Date.now();
      const { counts, failures } = await runStep(step, { root, reportFolder });
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      all.push(counts);
      summary.push(`${step.name}: ${countsLine(counts)} (${seconds} s)`);
      console.log(summary.at(-1));
      summary.push(...failures.map((name) => `  failed: ${name}`));
    }
  } finally {
    rmSync(reportFolder, { recursive: true, force: true });
  }
  console.log(`\n${summary.join('\n')}\n`);
  return addCounts(all);
}
