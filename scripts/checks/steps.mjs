// @ts-check
import { PlainError } from '../plain-error.mjs';

/**
 * @typedef {'ffmpeg' | 'ffprobe' | 'chromium' | 'firefox' | 'webkit' | 'xvfb' | 'pulseaudio' | 'curl' |
 *   'bwrap' | 'strace' | 'nginx' | 'caddy' | 'buildah' | 'runc' | 'mmdebstrap' | 'systemdAnalyze'} ToolName
 */
/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly (readonly string[])[]} commands run one after the other, up to the first that fails
 * @property {readonly ToolName[]} [tools] programs of the system that it needs
 * @property {string} [vitestProject] run after the commands; its tests are counted one by one
 * @property {string} [reporter] of vitest, beside the usual ones
 * @property {number} [limitMinutes] 15 by default
 * @property {boolean} [onlyByName] left out unless it is named
 */

/** @type {readonly Step[]} */
export const allSteps = [
  { name: 'format', commands: [['biome', 'format', '.']] },
  // `check` without the formatter: the lint rules, and the order of imports. Warnings count as errors.
  { name: 'lint', commands: [['biome', 'check', '--formatter-enabled=false', '--error-on-warnings', '.']] },
  // On a fresh clone the types of routes and next-env.d.ts do not exist yet.
  {
    name: 'types',
    commands: [
      ['next', 'typegen'],
      ['tsc', '--noEmit'],
    ],
  },
  {
    name: 'imports',
    commands: [['depcruise', '--config', '.dependency-cruiser.cjs', 'app', 'lib', 'db', 'server']],
  },
  { name: 'dead-code', commands: [['knip']] },
  { name: 'audit', commands: [['node', 'scripts/audit.mjs']] },
  { name: 'unit', commands: [], vitestProject: 'unit' },
  { name: 'component', commands: [], vitestProject: 'component' },
  {
    name: 'integration',
    commands: [],
    vitestProject: 'integration',
    tools: ['ffmpeg', 'ffprobe', 'bwrap'],
    limitMinutes: 25,
  },
  { name: 'build', commands: [['node', 'scripts/build.mjs']] },
  {
    name: 'e2e',
    // Does nothing if the previous step has built the app; `npm test -- e2e` alone builds here.
    commands: [['node', 'scripts/build.mjs']],
    vitestProject: 'e2e',
    tools: ['ffmpeg', 'ffprobe', 'chromium', 'curl', 'bwrap', 'nginx'],
    limitMinutes: 30,
  },
  {
    name: 'browsers',
    commands: [['node', 'scripts/build.mjs']],
    vitestProject: 'browsers',
    tools: ['ffmpeg', 'ffprobe', 'bwrap', 'chromium', 'firefox', 'webkit', 'xvfb', 'pulseaudio'],
  },
  {
    // Shows that every measure works; no figure can make it fail.
    name: 'bench',
    commands: [
      ['node', 'scripts/build.mjs'],
      ['tsx', 'scripts/bench.ts', '--quick'],
    ],
    tools: ['ffmpeg', 'ffprobe', 'chromium', 'curl', 'bwrap'],
  },
  {
    name: 'faults',
    commands: [['node', 'scripts/build.mjs']],
    vitestProject: 'faults',
    reporter: 'tests/harness/fault-reporter.ts',
    tools: ['ffmpeg', 'ffprobe', 'curl', 'bwrap', 'strace'],
    limitMinutes: 90,
  },
  {
    // Builds the image, which takes minutes, and needs root.
    name: 'image',
    commands: [],
    vitestProject: 'image',
    tools: ['ffmpeg', 'chromium', 'curl', 'caddy', 'buildah', 'runc', 'mmdebstrap', 'systemdAnalyze'],
    limitMinutes: 30,
    onlyByName: true,
  },
];

/**
 * The steps with these names in their usual order; all usual ones when none is named.
 * @param {readonly string[]} names
 */
export function chooseSteps(names) {
  const known = allSteps.map((step) => step.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown)
    throw new PlainError(`There is no test step "${unknown}". The steps are: ${known.join(', ')}.`);
  return allSteps.filter((step) => (names.length === 0 ? !step.onlyByName : names.includes(step.name)));
}

/**
 * Everything that a step runs.
 * @param {Step} step
 * @param {string} reportFile where vitest is to write its JSON report
 * @returns {readonly (readonly string[])[]}
 */
export function commandsOf({ commands, vitestProject, reporter }, reportFile) {
  if (!vitestProject) return commands;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  if (reporter) reporters.push(`--reporter=${reporter}`);
  return [...commands, ['vitest', 'run', '--project', vitestProject, ...reporters]];
}
