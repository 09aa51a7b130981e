// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { startChild } from '../process/start-child.mjs';
import { ensureTool } from '../setup/ensure-tool.mjs';
import { withProjectBin } from '../setup/project-node.mjs';
import { tools } from '../setup/tools.mjs';
import { countTests, oneFailed, onePassed } from './count-tests.mjs';
import { sandboxForTests } from './sandbox-for-tests.mjs';
import { commandsOf } from './steps.mjs';

const usualLimitMinutes = 15;

/** Time for a step to clean up after itself (its servers, its browsers) before it is killed. */
const graceMilliseconds = 5_000;

/**
 * Runs one step with its output shown, counts what passed and failed, and names the tests that failed.
 * @param {import('./steps.mjs').Step} step
 * @param {{ root: string, reportFolder: string }} folders
 * @returns {Promise<import('./count-tests.mjs').StepResult>}
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
  return countTests(readIfWritten(reportFile), exitedWell);
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

/**
 * Runs a command in its own process group, which ends with it: no server or encoder of a test stays behind.
 * @param {readonly string[]} argv
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, limitMilliseconds: number }} options
 * @returns {Promise<boolean>} whether it ended in time and with success
 */
async function runInOwnGroup(argv, { limitMilliseconds, ...options }) {
  const { child, ended, end } = startChild(argv, {
    ...options,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end(graceMilliseconds);
  }, limitMilliseconds);
  const { code, notFound } = await ended;
  clearTimeout(timer);
  if (notFound) console.error(`${argv[0]} is not installed.`);
  if (late) console.error(`${argv[0]} did not end in time and was stopped.`);
  if (child.pid !== undefined) endGroup(child.pid);
  return code === 0 && !late;
}

/** @param {number} pid of the group's first process, which has ended */
function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
    console.error('It left processes behind, which were ended.');
  } catch {
    // Nothing is left.
  }
}

/** @param {string} file */
function readIfWritten(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
