import type { Reporter, TestModule } from 'vitest/node';
import type { FaultResult } from './fault-table';

/** Prints the table of the faults: fault, times tried, survived, lost. */
export default class FaultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const results = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => test.meta().faults ?? []),
    );
    if (results.length > 0) process.stdout.write(`\n${tableOf(results)}\n`);
  }
}

function tableOf(results: FaultResult[]): string {
  const rows = [
    ['fault', 'tried', 'survived', 'lost'],
    ...results.map(({ fault, tried, survived, lost }) => [fault, ...[tried, survived, lost].map(String)]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
