import { describe, expect, test } from 'vitest';
import { addCounts, countsLine, countTests } from '../../../scripts/checks/count-tests.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});
/** The report of vitest 5 on these files: a skipped test is "pending" in its numbers. */
function report(...files: ReturnType<typeof file>[]) {
  const count = (status: string) =>
    files.flatMap(({ assertionResults }) => assertionResults).filter((test) => test.status === status).length;
  return JSON.stringify({
    numPassedTests: count('passed'),
    numPendingTests: count('skipped'),
    numTodoTests: count('todo'),
    testResults: files,
  });
}

describe('countTests', () => {
  test.each([
    [
      'sums over files',
      report(file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed')),
      false,
      3,
      1,
      0,
    ],
    ['counts skipped and todo apart', report(file('passed', 'passed', 'skipped', 'todo')), true, 1, 0, 2],
    ['a file that did not load', report(file('failed'), file('passed', 'passed')), false, 1, 1, 0],
    ['a file whose set-up failed', report(file('failed', 'skipped', 'skipped')), false, 0, 1, 2],
    ['an error outside of any test', report(file('passed', 'passed')), false, 1, 1, 0],
    ['no file', report(), true, 0, 1, 0],
    ['only skipped tests', report(file('passed', 'skipped')), true, 0, 1, 1],
    ['no report', undefined, true, 0, 1, 0],
    ['a report cut short', '{"testResults":[', true, 0, 1, 0],
    ['something else', '{"success":true}', true, 0, 1, 0],
  ])('%s', (_, text, exitedWell, passed, failed, skipped) => {
    expect(countTests(text, exitedWell).counts).toEqual({ passed, failed, skipped });
  });
});

test('the last line names skipped tests only where there are some', () => {
  const counts = addCounts([
    { passed: 2, failed: 1, skipped: 0 },
    { passed: 40, failed: 0, skipped: 3 },
  ]);
  expect(countsLine(counts)).toBe('42 passed, 1 failed, 3 skipped');
  expect(countsLine({ ...counts, skipped: 0 })).toBe('42 passed, 1 failed');
});

test('what failed is named: tests, and files that did not load', () => {
  const text = JSON.stringify({
    testResults: [
      {
        name: '/checkout/tests/e2e/uploads.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'uploads by form' },
          { status: 'failed', fullName: 'uploads by tus' },
        ],
      },
      { name: '/checkout/tests/e2e/texts.test.ts', status: 'failed', assertionResults: [] },
    ],
  });
  expect(countTests(text, false).failures).toEqual(['uploads.test.ts: uploads by tus', 'texts.test.ts']);
  expect(countTests(report(file('passed', 'passed')), true).failures).toEqual([]);
});
