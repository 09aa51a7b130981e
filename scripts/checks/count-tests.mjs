// @ts-check
import path from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ counts: Counts, failures: readonly string[] }} StepResult `failures` names what failed */
/**
 * @typedef {object} Report what vitest's JSON reporter writes, as far as it is read here
 * @property {number} numPassedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly FileReport[]} testResults
 */
/**
 * @typedef {object} FileReport
 * @property {string} [name]
 * @property {string} status
 * @property {readonly { status: string, fullName?: string }[]} assertionResults
 */

/** @type {Readonly<Counts>} */
export const onePassed = { passed: 1, failed: 0, skipped: 0 };
/** @type {Readonly<Counts>} */
export const oneFailed = { passed: 0, failed: 1, skipped: 0 };

/**
 * Counts the tests of a vitest run, and names those that failed. A file that could not be loaded, or whose
 * set-up failed, counts as one failed test.
 * @param {string | undefined} reportText the JSON report; undefined when vitest wrote none
 * @param {boolean} exitedWell
 * @returns {StepResult}
 */
export function countTests(reportText, exitedWell) {
  const report = readReport(reportText);
  if (!report) return { counts: oneFailed, failures: [] };
  const failures = report.testResults.flatMap(failuresOf);
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  // No test ran, or vitest failed for another reason (an error outside of any test): that is a failure too.
  const isHidden = failures.length === 0 && (passed === 0 || !exitedWell);
  return { counts: { passed, failed: isHidden ? 1 : failures.length, skipped }, failures };
}

/** @param {FileReport} file */
function failuresOf({ name = '', status, assertionResults }) {
  if (status !== 'failed') return [];
  const file = path.basename(name);
  const failed = assertionResults.filter((result) => result.status === 'failed');
  return failed.length === 0 ? [file] : failed.map(({ fullName }) => `${file}: ${fullName}`);
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function addCounts(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/**
 * `N passed, N failed`, and the skipped ones where there are any.
 * @param {Counts} counts
 */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {string | undefined} text
 * @returns {Report | undefined}
 */
function readReport(text) {
  try {
    const report = JSON.parse(text ?? '');
    return Array.isArray(report.testResults) ? report : undefined;
  } catch {
    return undefined;
  }
}
