// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { ensureTool, tools } from '../setup/ensure-tool.mjs';
import { withProjectBin } from '../setup/project-node.mjs';
import { countTests, failedTests, oneFailed, onePassed } from './count-tests.mjs';
import { runInOwnGroup } from './run-in-own-group.mjs';
import { sandboxForTests } from './sandbox-for-tests.mjs';
import { commandsOf } from './steps.mjs';

const usualLimitMinutes = 15;

/**
 * Runs one step with its output shown, counts what passed and failed, and names the tests that failed.
 * @param {import('./steps.mjs').Step} step
 * @param {{ root: string, reportFolder: string }} folders
 * @returns {Promise<{ counts: import('./count-tests.mjs').Counts, failures: readonly string[] }>}
 */
export async function runStep(step, { root, reportFolder }) {
  const reportFile = path.join(reportFolder, `${step.name}.json`);
  let exitedWell = false;
  try {
    const env = await stepEnvironment(step, root);
    const deadline = Date.now() + (step.limitMinutes ?? usualLimitMinutes) * 60_000;
    exitedWell = await runAll(commandsOf(step, reportFile), { root, env, deadline });
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    // A missing program fails the steps that need it; the others still run.
    if (error.toolOutput) console.error(error.toolOutput);
    console.error(error.message);
    return { counts: oneFailed, failures: [] };
  }
  if (!step.vitestProject) return { counts: exitedWell ? onePassed : oneFailed, failures: [] };
  const report = readIfWritten(reportFile);
  return { counts: countTests(report, exitedWell), failures: failedTests(report) };
}

/**
 * @param {import('./steps.mjs').Step} step
 * @param {string} root
 */
async function stepEnvironment(step, root) {
  const env = withProjectBin(root, process.env);
  // The tests choose it themselves; React's test helpers do not exist in `production`.
  delete env.NODE_ENV;
  env.NEXT_TELEMETRY_DISABLED = '1';
  for (const name of step.tools ?? []) env[tools[name].setting] = await ensureTool(tools[name], process.env);
  return { ...env, ...sandboxForTests(env) };
}

/**
 * @param {readonly (readonly string[])[]} commands
 * @param {{ root: string, env: NodeJS.ProcessEnv, deadline: number }} how
 */
async function runAll(commands, { root, env, deadline }) {
  for (const argv of commands) {
    console.log(`$ ${argv.join(' ')}`);
    const ok = await runInOwnGroup(argv, { cwd: root, env, limitMilliseconds: deadline - Date.now() });
    if (!ok) return false;
  }
  return true;
}

/** @param {string} file */
function readIfWritten(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
