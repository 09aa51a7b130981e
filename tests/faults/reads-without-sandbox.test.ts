import { it } from 'vitest';
import { times } from '../harness/fault-table';
import { expectNoForeignReads } from '../harness/file-access';
import { makeFolder } from '../harness/make-folder';
import { canTrace, traceTools } from '../harness/traced-tools';

// Set before any setting is read; each test file has its own process.
const traces = canTrace() ? traceTools(makeFolder(), 'off') : null;

it.skipIf(traces === null)(
  'without a sandbox, no tool opens a foreign file or a socket either (needs the right to trace)',
  async (context) => {
    if (traces)
      await expectNoForeignReads(context, traces, {
        fault: 'reads elsewhere, no sandbox',
        withAudio: times({ full: 1, quick: 0 }) === 1,
      });
  },
);
