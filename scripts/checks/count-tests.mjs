// @ts-check
import path from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
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
 * Counts the tests of a vitest run.
 * @param {string | undefined} reportText the JSON report; undefined when vitest wrote none
 * @param {boolean} exitedWell
 * @returns {Counts}
 */
export function countTests(reportText, exitedWell) {
  const files = readReport(reportText);
  if (!files) return oneFailed;
  const counts = addCounts(files.map(countFile));
  // No test ran, or vitest failed for another reason (an error outside of any test): that is a failure too.
  const hidden = counts.passed + counts.failed === 0 || (!exitedWell && counts.failed === 0);
  return hidden ? { ...counts, failed: 1 } : counts;
}

/**
 * The names of the tests that failed, and of the files whose set-up did.
 * @param {string | undefined} reportText the JSON report; undefined when vitest wrote none
 * @returns {string[]}
 */
export function failedTests(reportText) {
  return (readReport(reportText) ?? [])
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name = '', assertionResults }) => {
      const file = path.basename(name);
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      return failed.length === 0 ? [file] : failed.map(({ fullName }) => `${file}: ${fullName}`);
    });
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
 * @returns {readonly FileReport[] | undefined}
 */
function readReport(text) {
  try {
    const { testResults } = JSON.parse(text ?? '');
    return Array.isArray(testResults) ? testResults : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {FileReport} file
 * @returns {Counts}
 */
function countFile({ status, assertionResults }) {
  const count = (/** @type {string} */ wanted) =>
    assertionResults.filter((result) => result.status === wanted).length;
  const passed = count('passed');
  const failed = count('failed');
  const skipped = assertionResults.length - passed - failed;
  // A file that could not be loaded, or whose set-up failed, has no failed test to show for it.
  return { passed, failed: status === 'failed' ? Math.max(failed, 1) : failed, skipped };
}
