import { allMeasures } from '@/bench/measures/all-measures';
import { readOptions } from '@/bench/options';
import { runBench } from '@/bench/run-bench';
import { renderTable } from '@/bench/table';
import { mustRunQuietly } from './process/run-quietly.mjs';
import { runMain } from './run-main.mjs';

/**
 * `npm run bench [-- --quick] [-- --json] [-- --only 1,2]`: compares Cenclave with what a user would
 * otherwise run.
 */
await runMain(
  async () => {
    const numbers = allMeasures.map(({ number }) => number);
    const options = readOptions(process.argv.slice(2), numbers);
    // Not in this process: its messages would precede the JSON.
    await mustRunQuietly([process.execPath, 'scripts/build.mjs'], { failure: 'The app could not be built.' });
    const report = await runBench(options);
    if (options.isJson) console.log(JSON.stringify(report, null, 2));
    else {
      const list = (facts: object) =>
        Object.entries(facts)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ');
      console.log(
        `Machine: ${list(report.machine)}\nTools: ${list(report.tools)}\n\n${renderTable(report.results)}`,
      );
      for (const result of report.results)
        if (result.outcome === 'measured')
          for (const proof of new Set(result.proofs)) console.log(`${result.number}: ${proof}.`);
    }
    return report.results.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
  },
  { exitCodeWhenStopped: 1 },
);
